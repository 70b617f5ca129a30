import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAccount } from '#electron/cloudflare/account/read'
import { explain } from '#electron/cloudflare/explain/explain'
import { hostStatuses } from '#electron/cloudflare/status'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { fillLarge } from '../../../support/cloudflare/large'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
  fillLarge(double.world)
})
afterEach(() => double.stop())

const token = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const
const now = new Date('2026-11-25T14:02:00Z')
const read = async () =>
  (await readAccount(clientOf(double).api, { now: () => now }, { token, eachZone: false })).account

describe('an account with 500 applications, 50 CAs and 1,000 hostnames', () => {
  it('is read in one call for each list', async () => {
    const account = await read()
    const { applications, cas, settings } = account
    expect([applications.length, cas.length, settings.length]).toEqual([500, 50, 1000])
    const paths = double.journal.map(({ path }) =>
      path.replace(new RegExp(`^/accounts/${accountId}/(access/)?`, 'u'), ''),
    )
    expect(paths.sort()).toEqual([
      '/zones',
      'alerting/v3/available_alerts',
      'alerting/v3/destinations/eligible',
      'alerting/v3/destinations/pagerduty',
      'alerting/v3/destinations/webhooks',
      'alerting/v3/policies',
      'apps',
      'certificates',
      'certificates/settings',
      'groups',
      'organizations',
      'policies',
    ])
    expect(hostStatuses(account, { issuers: new Map(), lastTests: new Map() }, now)).toHaveLength(1000)
  })

  it('takes another call for each further page', async () => {
    for (let index = 0; index < 1001; index += 1)
      double.world.groups.push({ id: `group-${index}`, fields: { name: `G ${index}`, include: [{ everyone: {} }] } })
    for (let index = 0; index < 100; index += 1)
      double.world.zones.push({ id: `zone-${index}`, name: `zone-${index}.example`, account: accountId })
    await read()
    const pages = (path: string) => double.journal.filter((call) => call.path.endsWith(path)).length
    expect([pages('/groups'), pages('/zones'), double.journal.length]).toEqual([2, 3, 15])
  })

  it('finds the application of a hostname among those with and without a wildcard', async () => {
    double.world.applications.push({
      id: 'wild',
      zone: null,
      aud: 'wild',
      fields: { name: 'Wild', type: 'self_hosted', destinations: [{ type: 'public', uri: '*.example.com' }] },
      links: [],
    })
    const account = await read()
    const at = (hostname: string, path: string) => {
      const visitor = { certificate: null, serviceToken: null }
      const { reasons } = explain(account, visitor, { hostname, path }, account.readAt)
      const reason = reasons.find(({ kind }) => kind === 'application')
      return reason?.kind === 'application' ? [reason.chosen.name, reason.beaten.map(({ name }) => name)] : null
    }
    expect(at('HOST-7.example.com', '/admin/x')).toEqual(['Application 3', ['Wild']])
    expect(at('host-7.example.com', '/')).toEqual(['Wild', []])
    expect(at('host-8.example.com', '/')).toEqual(['Application 4', ['Wild']])
    expect(at('nowhere.example.com', '/')).toEqual(['Wild', []])
  })
})
