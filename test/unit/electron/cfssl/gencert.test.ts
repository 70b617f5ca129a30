import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { inspectFile } from '#electron/pki/describe/inspect'
import { createCfssl, type IssuerFiles } from '#electron/services/cfssl'
import type { ObjectDetails } from '#shared/model/details'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** Our `gencert` beside cfssl's own, beyond the walkthrough's files, which `test/cli/walkthrough.test.ts` compares. */
let workshop: Workshop
const clock = { now: () => new Date() }
const cfssl = createCfssl({ jobs: inlineJobs(), clock })
const key = { algo: 'rsa', size: 2048 }
const place = { C: 'US', L: 'Austin', O: 'Access Testing', OU: 'TX', ST: 'Texas' }

const files = {
  'ca-csr.json': { CN: 'Access Testing CA', key, names: [place] },
  'ca-config.json': {
    signing: {
      default: { expiry: '8760h' },
      profiles: {
        server: { usages: ['signing', 'key encipherment', 'server auth'], expiry: '8760h' },
        client: { usages: ['signing', 'key encipherment', 'client auth'], expiry: '8760h' },
        deputy: {
          usages: ['cert sign', 'crl sign'],
          expiry: '43800h',
          ca_constraint: { is_ca: true, max_path_len: 0, max_path_len_zero: true },
          crl_url: 'http://crl.example/ca.crl',
          ocsp_url: 'http://ocsp.example',
        },
        narrow: { usages: ['client auth'], expiry: '1h30m', name_whitelist: '\\.example$' },
        odd: { usages: ['client auth', 'teleportation'], expiry: '8760h' },
      },
    },
  },
  'client-csr.json': {
    CN: 'James Royal',
    hosts: [''],
    key,
    names: [{ ...place, O: 'Access', OU: 'Access Admins' }, { O: 'Second' }],
  },
  // Neither “&” nor “é” is for a PrintableString.
  'names-csr.json': {
    CN: 'Zoé',
    key: { algo: 'rsa', size: 3072 },
    names: [{ ...place, O: 'Ada & Co.' }, { O: 'Second' }],
  },
  'hosts-csr.json': {
    CN: 'many',
    hosts: ['a.example', 'james@example.com', '192.0.2.7'],
    key: { algo: 'ecdsa', size: 256 },
  },
}

beforeAll(async () => {
  workshop = await openWorkshop()
  for (const [name, content] of Object.entries(files)) await workshop.write(name, JSON.stringify(content))
  await bare('ca', await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json']))
})
afterAll(() => workshop.remove())

/** What `cfssljson -bare` does. */
async function bare(prefix: string, output: string): Promise<void> {
  const { cert, key: secret, csr } = JSON.parse(output) as { cert: string; key?: string; csr?: string }
  await workshop.write(`${prefix}.pem`, cert)
  // `sign` makes no key.
  if (secret !== undefined) await workshop.write(`${prefix}-key.pem`, secret)
  if (csr !== undefined) await workshop.write(`${prefix}.csr`, csr)
}

const file = async (name: string) => ({ name, bytes: await workshop.read(name) })
const issuer = async (): Promise<IssuerFiles> => ({
  certificate: await file('ca.pem'),
  key: await file('ca-key.pem'),
  password: null,
})

/** Both make one from the same files; what each says is what is compared. */
async function both(csr: string, profile: string) {
  const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=ca-config.json', `-profile=${profile}`]
  await bare('theirs', await workshop.run('cfssl', ['gencert', ...signing, csr]))
  const config = await file('ca-config.json')
  const made = await cfssl.gencert(await file(csr), { issuer: await issuer(), config, profile })
  await workshop.write('ours.pem', made.certificate)
  await workshop.write('ours-key.pem', made.key)
  await workshop.write('ours.csr', made.request)
  return { ours: await said('ours.pem'), theirs: await said('theirs.pem'), warnings: made.warnings }
}

async function said(name: string): Promise<Record<string, string>> {
  const { objects } = await inspectFile({ ...(await file(name)), password: null })
  const [object] = objects
  if (object === undefined) throw new Error(`${name} holds nothing`)
  return Object.fromEntries(statements(object))
}

/** Everything but keys, serials and signatures, which differ by nature; criticality counts. */
const statements = ({ groups }: ObjectDetails): [string, string][] =>
  groups
    .flatMap(({ fields }) => fields)
    .filter(({ id }) => !/^(serial|signature\.value|publicKey\.(code|value|sha256)|extension\.2\.5\.29\.14$)/u.test(id))
    .map(({ id, value, critical, raw }) => [
      id,
      // The bytes of a name say how its letters are written.
      `${value}${critical === true ? ' (critical)' : ''}${/^(subject|issuer)\./u.test(id) ? ` ${raw}` : ''}`,
    ])

/** Minutes may pass between two makings. */
const withoutDates = (all: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).filter(([id]) => !id.startsWith('not')))
const lifetime = (all: Record<string, string>) =>
  Date.parse((all['notAfter'] ?? '').replace(' UTC', 'Z')) - Date.parse((all['notBefore'] ?? '').replace(' UTC', 'Z'))

describe('the root of ca-csr.json', () => {
  it('signs for cfssl, too', async () => {
    const made = await cfssl.gencert(await file('ca-csr.json'), null)
    expect(made.warnings).toEqual([])
    await workshop.write('own-ca.pem', made.certificate)
    await workshop.write('own-ca-key.pem', made.key)
    const signing = ['-ca=own-ca.pem', '-ca-key=own-ca-key.pem', '-config=ca-config.json', '-profile=client']
    await bare('under-ours', await workshop.run('cfssl', ['gencert', ...signing, 'hosts-csr.json']))
    expect(await workshop.openssl('verify', '-CAfile', 'own-ca.pem', 'under-ours.pem')).toContain('OK')
  })
})

describe('a certificate of client-csr.json', () => {
  it('has no empty name, which is said', async () => {
    const { ours, warnings } = await both('client-csr.json', 'client')
    expect(ours['extension.2.5.29.17']).toBeUndefined()
    expect(warnings).toMatchObject([{ code: 'empty-host' }])
    expect(await workshop.openssl('verify', '-purpose', 'sslclient', '-CAfile', 'ca.pem', 'ours.pem')).toContain('OK')
    const request = await workshop.openssl('req', '-in', 'ours.csr', '-noout', '-verify', '-subject')
    expect(request).toContain('James Royal')
  })

  it.each([
    ['hosts-csr.json', 'server'],
    ['hosts-csr.json', 'deputy'],
    ['names-csr.json', 'client'],
  ])('%s with the profile %s is what cfssl makes, to the letters’ kind', async (csr, profile) => {
    const { ours, theirs, warnings } = await both(csr, profile)
    expect(withoutDates(ours)).toEqual(withoutDates(theirs))
    expect(lifetime(ours)).toBe(lifetime(theirs))
    expect(warnings).toEqual([])
  })

  it('with a URI among its hosts has it as a URI, where cfssl makes it a DNS name', async () => {
    const uri = { CN: 'uri', hosts: ['https://a.example/x'], key: { algo: 'ecdsa', size: 256 } }
    await workshop.write('uri-csr.json', JSON.stringify(uri))
    const { ours, theirs } = await both('uri-csr.json', 'client')
    expect(theirs['extension.2.5.29.17']).toBe('DNS: https://a.example/x')
    expect(ours['extension.2.5.29.17']).toBe('URI: https://a.example/x')
  })

  it('never outlives its issuer, where cfssl’s would', async () => {
    await workshop.write(
      'long.json',
      JSON.stringify({ signing: { default: { usages: ['client auth'], expiry: '876000h' } } }),
    )
    const config = await file('long.json')
    const made = await cfssl.gencert(await file('hosts-csr.json'), { issuer: await issuer(), config, profile: null })
    await workshop.write('long.pem', made.certificate)
    expect((await said('long.pem'))['notAfter']).toBe((await said('ca.pem'))['notAfter'])
    expect(made.warnings).toMatchObject([
      { code: 'shortened', sentence: expect.stringContaining('ends with its issuer') },
    ])
  })
})

describe('cfssl itself', () => {
  it('reads our certificate', async () => {
    await both('hosts-csr.json', 'client')
    const info = JSON.parse(await workshop.run('cfssl', ['certinfo', '-cert', 'ours.pem'])) as { sans: string[] }
    // It leaves e-mail addresses out of its list.
    expect(info.sans).toEqual(['a.example', '192.0.2.7'])
  })

  it('signs our request', async () => {
    await both('hosts-csr.json', 'client')
    const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=ca-config.json', '-profile=client']
    await bare('signed', await workshop.run('cfssl', ['sign', ...signing, 'ours.csr']))
    expect(await workshop.openssl('verify', '-CAfile', 'ca.pem', 'signed.pem')).toContain('OK')
  })
})

describe('traps', () => {
  const gencert = async (csr: string, profile: string | null, config = 'ca-config.json') =>
    cfssl.gencert(await file(csr), { issuer: await issuer(), config: await file(config), profile })

  it('the default profile without usages is refused, as cfssl refuses it, with what to do', async () => {
    await expect(gencert('client-csr.json', null)).rejects.toMatchObject({
      code: 'invalid-input',
      detail: expect.stringMatching(/5100.*server, client/u),
    })
  })

  it('a profile of which no known usage remains is refused: its certificates would be good for anything', async () => {
    const usages = ['signing, key encipherment, client auth']
    const signing = { default: { expiry: '1h' }, profiles: { joined: { usages, expiry: '1h' } } }
    await workshop.write('unknown-usages.json', JSON.stringify({ signing }))
    await expect(gencert('client-csr.json', 'joined', 'unknown-usages.json')).rejects.toMatchObject({
      code: 'invalid-input',
      detail: expect.stringMatching(/“joined” is known: “signing, key encipherment, client auth”.*5100/u),
    })
    const everything = { signing: { default: { usages: ['everything'], expiry: '1h' } } }
    await workshop.write('unknown-default.json', JSON.stringify(everything))
    await expect(gencert('client-csr.json', null, 'unknown-default.json')).rejects.toMatchObject({
      detail: expect.stringMatching(/default profile is known: “everything”/u),
    })
    // cfssl does not even load such a file.
    const theirs = ['gencert', '-ca=ca.pem', '-ca-key=ca-key.pem', '-config=unknown-usages.json', 'client-csr.json']
    await expect(workshop.run('cfssl', theirs)).rejects.toThrow(/invalid configuration/u)
  })

  it('a profile that is not there is refused instead of quietly replaced', async () => {
    await expect(gencert('client-csr.json', 'klient')).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('name_whitelist is obeyed', async () => {
    await expect(gencert('client-csr.json', 'narrow')).rejects.toMatchObject({
      detail: expect.stringContaining('James Royal'),
    })
  })

  it('name_whitelist is asked about every host but a machine’s address', async () => {
    const attempt = async (hosts: string[]) => {
      const key = { algo: 'ecdsa', size: 256 }
      await workshop.write('narrow-csr.json', JSON.stringify({ CN: 'a.example', hosts, key }))
      return gencert('narrow-csr.json', 'narrow')
    }
    await expect(attempt(['b.example', '192.0.2.7'])).resolves.toMatchObject({ warnings: [] })
    for (const host of ['b.example.net', 'ada@example.net', 'https://b.example/x'])
      await expect(attempt(['b.example', host])).rejects.toMatchObject({ detail: expect.stringContaining(host) })
  })

  it.each([
    ['remote', { remote: 'https://signer.example' }],
    ['auth_remote', { auth_remote: { remote: 'https://signer.example', auth_key: 'k' } }],
  ])('a profile that is signed elsewhere (%s) is not signed here', async (_, elsewhere) => {
    const profiles = { away: { usages: ['client auth'], expiry: '8760h', ...elsewhere } }
    const remotes = { 'https://signer.example': 'signer.example' }
    const auth_keys = { k: { type: 'standard', key: '0123' } }
    await workshop.write('away.json', JSON.stringify({ signing: { profiles }, remotes, auth_keys }))
    const refused = { code: 'invalid-input', detail: expect.stringContaining('https://signer.example') }
    await expect(gencert('hosts-csr.json', 'away', 'away.json')).rejects.toMatchObject(refused)
  })

  it('an unknown usage is left out and said', async () => {
    const { warnings } = await gencert('hosts-csr.json', 'odd')
    expect(warnings).toMatchObject([{ code: 'unknown-usage' }])
  })

  it('“constructor” is no usage, and fields may be spelled in any case, as Go reads them', async () => {
    const client = {
      Usages: ['client auth', 'constructor'],
      EXPIRY: '8760h',
      issuer_urls: ['http://ca.example/ca.cer'],
    }
    await workshop.write('go.json', JSON.stringify({ Signing: { Default: client, profiles: null }, auth_keys: null }))
    const { warnings, certificate } = await gencert('hosts-csr.json', null, 'go.json')
    expect(warnings).toMatchObject([{ code: 'unknown-usage', sentence: expect.stringContaining('constructor') }])
    await workshop.write('go.pem', certificate)
    expect((await said('go.pem'))['extension.1.3.6.1.5.5.7.1.1']).toContain('http://ca.example/ca.cer')
  })

  it.each([
    ['not JSON', '{', 'invalid-input'],
    ['a key that nobody accepts', '{"CN":"x","key":{"algo":"ed25519","size":256}}', 'unsupported-algorithm'],
    ['no name', '{"key":{"algo":"ecdsa","size":256}}', 'invalid-input'],
    ['names of the wrong kind', '{"CN":"x","names":"US"}', 'invalid-input'],
    ['a lifetime in days', '{"CN":"x","ca":{"expiry":"30d"}}', 'invalid-input'],
  ])('%s is refused by name', async (_what, content, code) => {
    const csr = { name: 'ca-csr.json', bytes: Buffer.from(content) }
    await expect(cfssl.gencert(csr, null)).rejects.toMatchObject({ code })
  })

  it('a key that is not the issuer’s is noticed before anything is made', async () => {
    await workshop.openssl('genrsa', '-out', 'other-key.pem', '2048')
    const wrong = { ...(await issuer()), key: await file('other-key.pem') }
    const signing = { issuer: wrong, config: await file('ca-config.json'), profile: 'client' }
    await expect(cfssl.gencert(await file('client-csr.json'), signing)).rejects.toMatchObject({
      code: 'no-matching-key',
    })
  })
})
