import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#electron/cfssl/config'
import { profileOf } from '#electron/cfssl/profile'
import { inlineJobs } from '#electron/jobs/inline'
import { inspectFile } from '#electron/pki/describe/inspect'
import { createCfssl } from '#electron/services/cfssl'
import { isAppError } from '#shared/errors'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** Which configurations are loaded, beside cfssl's own answer to the same file. */
let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('csr.json', JSON.stringify({ CN: 'x', key: { algo: 'ecdsa', size: 256 } }))
  const made = JSON.parse(await workshop.run('cfssl', ['gencert', '-initca', 'csr.json'])) as Record<string, string>
  await workshop.write('ca.pem', made['cert'] ?? '')
  await workshop.write('ca-key.pem', made['key'] ?? '')
})
afterAll(() => workshop.remove())

const good = { usages: ['client auth'], expiry: '1h' }
const keys = (type: string, key: string) => ({ auth_keys: { k: { type, key } } })
const remotes = { remotes: { r: 'localhost:1' } }

/** A file whose profile `chosen` is in order; what `other` is, is what the test is about. */
const withOther = (other: unknown, more: object = {}) => ({
  signing: { default: { expiry: '1h' }, profiles: { chosen: good, other } },
  ...more,
})
const withDefault = (fallback: unknown, more: object = {}) => ({
  signing: { default: fallback, profiles: { chosen: good } },
  ...more,
})

/** What cfssl says when it loads a file; null where it signs with the profile `chosen`. */
async function theirRefusal(config: unknown): Promise<string | null> {
  await workshop.write('config.json', JSON.stringify(config))
  const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=config.json', '-profile=chosen']
  try {
    await workshop.run('cfssl', ['gencert', ...signing, 'csr.json'])
    return null
  } catch (error) {
    return String(error)
  }
}

function ourRefusal(config: unknown): string | null {
  try {
    profileOf(readConfig('config.json', Buffer.from(JSON.stringify(config))), 'chosen')
    return null
  } catch (error) {
    if (!isAppError(error, 'invalid-input')) throw error
    return error.detail
  }
}

describe('a configuration is refused where cfssl refuses it, by the name of the profile', () => {
  it.each<[string, unknown, RegExp]>([
    ['no expiry', withOther({ usages: ['client auth'] }), /profile “other” has no expiry/u],
    ['an expiry in days', withOther({ ...good, expiry: '1d' }), /profile “other”: “1d” is not a duration/u],
    ['an expiry beyond Go’s', withOther({ ...good, expiry: '2562048h' }), /profile “other”: “2562048h”/u],
    ['an expiry with a blank', withOther({ ...good, expiry: '1 h' }), /profile “other”: “1 h”/u],
    ['an expiry that is a number', withOther({ ...good, expiry: 3600 }), /signing\.profiles\.other\.expiry/u],
    ['a backdate in days', withOther({ ...good, backdate: '1d' }), /profile “other”: “1d” is not a duration/u],
    ['no usages', withOther({ expiry: '1h' }), /profile “other” has no usages/u],
    ['empty usages', withOther({ expiry: '1h', usages: [] }), /profile “other” has no usages/u],
    ['unknown usages', withOther({ expiry: '1h', usages: ['x'] }), /profile “other” is known: “x”/u],
    ['a null', withOther(null), /signing\.profiles\.other/u],
    ['an unknown key', withOther({ ...good, auth_key: 'k' }), /profile “other” .*“k”, which is not in/u],
    ['a key of another type', withOther({ ...good, auth_key: 'k' }, keys('x', '00')), /“other” .*unknown type “x”/u],
    ['a key that is not hex', withOther({ ...good, auth_key: 'k' }, keys('standard', 'zz')), /“other” .*hexadecimal/u],
    ['half an octet', withOther({ ...good, auth_key: 'k' }, keys('standard', '012')), /“other” .*hexadecimal/u],
    ['a remote that is not listed', withOther({ remote: 'r' }), /profile “other” .*“r”, which is not in/u],
    ['an auth_remote that is not listed', withOther({ auth_remote: { remote: 'r', auth_key: 'k' } }), /“other” .*“r”/u],
    [
      'an auth_remote whose key is not listed',
      withOther({ auth_remote: { remote: 'r', auth_key: 'k' } }, remotes),
      /“other” .*authentication key “k”/u,
    ],
    [
      'an auth_remote without a key',
      withOther({ auth_remote: { remote: 'r' } }, remotes),
      /“other” .*without an “auth_key”/u,
    ],
    [
      'an auth_remote without a remote',
      withOther({ ...good, auth_remote: { auth_key: 'k' } }, keys('standard', '00')),
      /“other” .*without a “remote”/u,
    ],
    [
      'both kinds of remotes',
      withOther(
        { remote: 'r', auth_remote: { remote: 'r', auth_key: 'k' } },
        { ...remotes, ...keys('standard', '00') },
      ),
      /“other” has both/u,
    ],
    ['a name_whitelist that is broken', withOther({ ...good, name_whitelist: '(' }), /“other” has a name_whitelist/u],
    ['a default without an expiry', withDefault({ usages: ['client auth'] }), /default profile has no expiry/u],
    ['an empty default', withDefault({}), /default profile has no expiry/u],
    ['a default with an expiry of zero', withDefault({ expiry: '0h' }), /default profile has an expiry of zero/u],
    ['a default with an unknown key', withDefault({ expiry: '1h', auth_key: 'k' }), /default profile .*“k”/u],
    ['a default with an unknown remote', withDefault({ remote: 'r' }), /default profile .*“r”/u],
    ['no signing', {}, /signing/u],
  ])('%s', async (_, config, words) => {
    expect(ourRefusal(config)).toMatch(words)
    expect(ourRefusal(config)).toMatch(/^config\.json: /u)
    expect(await theirRefusal(config)).toMatch(/Failed to load config file/u)
  })
})

describe('a configuration is loaded where cfssl loads it', () => {
  it.each<[string, unknown]>([
    ['a default with nothing but an expiry', withDefault({ expiry: '8760h' })],
    ['a default with unknown usages', withDefault({ expiry: '1h', usages: ['x'] })],
    ['no default', { signing: { profiles: { chosen: good } } }],
    ['a default that is null', withDefault(null)],
    ['an expiry of zero', withOther({ ...good, expiry: '0' })],
    ['a negative expiry', withOther({ ...good, expiry: '-1h' })],
    ['fractions and signs', withOther({ ...good, expiry: '+.5h1.m', backdate: '1μs' })],
    ['some unknown usages', withOther({ ...good, usages: ['x', 'client auth'] })],
    ['a usage in the spelling of 1.2.0', withOther({ ...good, usages: ['content committment'] })],
    ['an authentication key', withOther({ ...good, auth_key: 'k' }, keys('standard', '0123'))],
    ['an empty authentication key', withOther({ ...good, auth_key: 'k' }, keys('standard', ''))],
    ['an authentication key from the environment', withOther({ ...good, auth_key: 'k' }, keys('standard', 'env:NONE'))],
    ['a broken key that nobody uses', withOther(good, keys('x', 'zz'))],
    ['a remote', withOther({ remote: 'r' }, remotes)],
    ['a remote with a broken expiry', withOther({ remote: 'r', expiry: 'x' }, remotes)],
    [
      'an auth_remote',
      withOther({ auth_remote: { remote: 'r', auth_key: 'k' } }, { ...remotes, ...keys('standard', '00') }),
    ],
  ])('%s', async (_, config) => {
    expect(ourRefusal(config)).toBeNull()
    expect(await theirRefusal(config)).toBeNull()
  })
})

describe('what a profile leaves out', () => {
  const addresses = ['extension.1.3.6.1.5.5.7.1.1', 'extension.2.5.29.31']

  async function said(pem: string) {
    const { objects } = await inspectFile({ name: 'x.pem', bytes: Buffer.from(pem), password: null })
    const fields = objects.flatMap(({ groups }) => groups).flatMap((group) => group.fields)
    const value = (id: string) => fields.find((field) => field.id === id)?.value ?? ''
    const moment = (id: string) => Date.parse(value(id).replace(' UTC', 'Z'))
    return { lifetime: moment('notAfter') - moment('notBefore'), addresses: addresses.map(value) }
  }

  it.each([
    [
      'of the default profile',
      {
        expiry: '5h',
        crl_url: 'http://c.example/',
        ocsp_url: 'http://o.example/',
        issuer_urls: ['http://i.example/'],
        name_whitelist: 'z',
        backdate: '3h',
      },
    ],
    ['of cfssl’s own default', undefined],
  ])('is that %s, as in cfssl', async (_, fallback) => {
    const config = { signing: { default: fallback, profiles: { chosen: { ...good, expiry: '0h', backdate: '0h' } } } }
    await workshop.write('config.json', JSON.stringify(config))
    const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=config.json', '-profile=chosen']
    const { cert } = JSON.parse(await workshop.run('cfssl', ['gencert', ...signing, 'csr.json'])) as { cert: string }
    const file = async (name: string) => ({ name, bytes: await workshop.read(name) })
    const issuer = { certificate: await file('ca.pem'), key: await file('ca-key.pem'), password: null }
    const cfssl = createCfssl({ jobs: inlineJobs(), clock: { now: () => new Date() } })
    const options = { issuer, config: await file('config.json'), profile: 'chosen' }
    const ours = await cfssl.gencert(await file('csr.json'), options)
    expect(await said(ours.certificate)).toEqual(await said(cert))
  })

  it('is not a negative expiry, with which cfssl signs what has never been valid', () => {
    const config = { signing: { profiles: { chosen: { ...good, expiry: '-1h' } } } }
    expect(ourRefusal(config)).toMatch(/“-1h” is not positive/u)
  })

  it('is the whole profile where the file has no default one', () => {
    const bytes = Buffer.from(JSON.stringify({ signing: {} }))
    const { profile } = profileOf(readConfig('config.json', bytes), null)
    expect(profile.purposes).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  })
})
