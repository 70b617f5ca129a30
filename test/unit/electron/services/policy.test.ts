import { describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { encodePem } from '#electron/pki/containers/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createHosts } from '#electron/services/hosts'
import { createPolicy } from '#electron/services/policy'
import { addPresetSites, withPresetIssuers } from '#electron/services/policy-presets'
import type { PolicyFeature } from '#shared/logic/policy'
import { openOffice } from '../../../support/authorities'
import { makeSmallPki } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { foundPolicy, noPolicy, policyWith, unusablePolicy } from '../../../support/policy'

const everything: PolicyFeature[] = [
  'key-export',
  'backup',
  'issuers',
  'issuing',
  'access',
  'practice',
  'set-up-files',
  'updates',
]

/** What is off, with the code of the error. */
const off = (policy = noPolicy): [PolicyFeature, unknown][] =>
  everything.flatMap((what): [PolicyFeature, unknown][] => {
    try {
      policy.require(what)
      return []
    } catch (error) {
      return [[what, Object(error).code]]
    }
  })

describe('what is off', () => {
  it('is nothing without a policy, and with an empty one', () => {
    expect(off()).toEqual([])
    expect(off(policyWith({}))).toEqual([])
  })

  it.each<[Record<string, unknown>, PolicyFeature[]]>([
    [{ hide: ['issuers'] }, ['issuers', 'issuing']],
    [{ hide: ['access'] }, ['access']],
    [{ hide: ['practice'] }, ['practice']],
    [{ forbid: ['key-export'] }, ['key-export', 'backup']],
    [{ forbid: ['backup'] }, ['backup']],
    [{ updates: 'off' }, ['updates']],
    [{ sites: ['admin.acme.example'], store: 'nss-user', setupKey: 'ab'.repeat(32) }, []],
  ])('is what the policy says: %j', (fields, expected) => {
    expect(off(policyWith(fields))).toEqual(expected.map((what) => [what, 'managed']))
  })

  it('is what a policy that cannot be used may forbid; revoking and practising stay', () => {
    const closed = ['key-export', 'backup', 'issuing', 'access', 'set-up-files', 'updates']
    expect(off(unusablePolicy)).toEqual(closed.map((what) => [what, 'policy-unusable']))
    expect(() => unusablePolicy.require('backup')).toThrow('/etc/latchkey/policy.json: It is not JSON.')
  })
})

describe('issuers', async () => {
  const { root, client } = await makeSmallPki(new Date())
  const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)

  it('are named, and never as PEM', () => {
    expect(policyWith({ issuers: [pem(root.certificate)] }).state()).toMatchObject({
      kind: 'set',
      policy: { issuers: [expect.not.stringContaining('BEGIN')] },
    })
  })

  it.each([
    ['text', 'not a certificate'],
    ['a client’s certificate', pem(client.certificate)],
    ['a damaged certificate', pem(root.certificate.subarray(0, 90))],
  ])('that are %s make the policy unusable', (_name, issuer) => {
    expect(createPolicy(foundPolicy({ issuers: [issuer] })).state()).toEqual({
      kind: 'unusable',
      from: '/etc/latchkey/policy.json',
      why: 'One of its “issuers” is not the certificate of a CA in PEM.',
    })
  })

  it('complete chains', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const withPresets = withPresetIssuers(database, policyWith({ issuers: [pem(root.certificate)] }))
    expect(await withPresets.certificates.authorities()).toMatchObject([
      { sha256: certificateSha256(root.certificate) },
    ])
    expect(await database.certificates.authorities()).toEqual([])
    await database.close()
  })
})

describe('sites', () => {
  const listed = async ({ hosts }: ReturnType<typeof computer>) =>
    (await hosts.list({ offset: 0, limit: 10, search: '' })).rows

  /** As a process of Latchkey has it. */
  function computer(home: string) {
    const office = openOffice(home)
    const hosts = createHosts({ ...office, clock: systemClock, random: systemRandom, changed: () => undefined })
    return { ...office, hosts, addSites: () => addPresetSites(policy, hosts, office.operations.whenIdle) }
  }
  const policy = policyWith({
    sites: ['https://admin.acme.example/', 'ADMIN.acme.example', 'wiki.acme.example:8443/x'],
  })
  const added = [
    ['admin.acme.example', 443],
    ['wiki.acme.example', 8443],
  ]

  it('are added once, and what a person made of one stays', async () => {
    const own = computer(temporaryFolder())
    await own.addSites()
    const admin = (await listed(own)).find(({ hostname }) => hostname === 'admin.acme.example')
    const mine = { connectTo: '', useProxy: true, group: '', name: 'Mine', tags: [], note: '' }
    await own.hosts.save({ id: admin?.id ?? null, address: 'admin.acme.example', ...mine })
    await own.addSites()
    const rows = await listed(own)
    expect(rows.map(({ hostname, port }) => [hostname, port]).sort()).toEqual(added)
    expect(rows.map(({ name }) => name).sort()).toEqual(['Mine', null])
    await own.close()
  })

  it('are added once where two processes start at the same time', async () => {
    const home = temporaryFolder()
    const [window, dailyCheck] = [computer(home), computer(home)]
    await Promise.all([window.addSites(), dailyCheck.addSites()])
    expect((await listed(window)).map(({ hostname, port }) => [hostname, port]).sort()).toEqual(added)
    await window.close()
    await dailyCheck.close()
  })
})
