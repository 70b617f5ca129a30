import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensureExpiryAlert, expiryAlertName, readExpiryAlerts } from '#electron/cloudflare/alerts'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../support/cloudflare/permissions'

const path = '/alerting/v3/policies'
let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

const writer = () =>
  clientOf(double, { token: double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) }) }).api
const posts = () => double.journal.filter(({ method }) => method === 'POST').length

it('creates one warning, and none where these addresses have it', async () => {
  const api = writer()
  expect(await readExpiryAlerts(api, accountId)).toEqual([])
  const made = await ensureExpiryAlert(api, accountId, ['pki@example.com', 'ada@example.com'])
  expect(made).toMatchObject({
    isNew: true,
    alert: { name: expiryAlertName, isEnabled: true, emails: ['pki@example.com', 'ada@example.com'] },
  })
  expect(await ensureExpiryAlert(api, accountId, ['PKI@example.com'])).toMatchObject({
    isNew: false,
    alert: made.alert,
  })
  expect(posts()).toBe(1)
})

it('leaves what others have: another kind, one that is off, one for somebody else', async () => {
  const fields = { name: 'Theirs', enabled: true, mechanisms: { email: [{ id: 'pki@example.com' }] } }
  const expiry = 'access_custom_certificate_expiration_type'
  double.world.alerts.push(
    { id: 'a', fields: { ...fields, alert_type: 'expiring_service_token_alert' } },
    { id: 'b', fields: { ...fields, alert_type: expiry, enabled: false } },
    { id: 'c', fields: { ...fields, alert_type: expiry, mechanisms: { email: null, webhooks: [{ id: 'w' }] } } },
  )
  const before = structuredClone(double.world.alerts)
  const api = writer()
  expect((await readExpiryAlerts(api, accountId)).map(({ id, isEnabled, emails }) => [id, isEnabled, emails])).toEqual([
    ['b', false, ['pki@example.com']],
    ['c', true, []],
  ])
  expect(await ensureExpiryAlert(api, accountId, ['pki@example.com'])).toMatchObject({ isNew: true })
  expect(double.world.alerts.slice(0, 3)).toEqual(before)
})

it('finds out by the list what became of a request whose answer was lost, and sends none twice', async () => {
  const api = writer()
  double.upset('POST', path, { kind: 'cut-after' })
  expect(await ensureExpiryAlert(api, accountId, ['pki@example.com'])).toMatchObject({ isNew: true })
  expect(posts()).toBe(1)
  double.upset('POST', path, { kind: 'cut-before' })
  await expect(ensureExpiryAlert(api, accountId, ['ada@example.com'])).rejects.toMatchObject({
    code: 'cloudflare-uncertain',
  })
  expect([posts(), double.world.alerts.length]).toEqual([2, 1])
})

it('names the permission that is missing', async () => {
  const blind = clientOf(double, { token: double.addToken({ permissions: new Set(['Zone Read']) }) }).api
  const missing = (permission: string) => ({
    code: 'cloudflare-permission-missing',
    detail: expect.stringContaining(permission),
  })
  await expect(readExpiryAlerts(blind, accountId)).rejects.toMatchObject(missing('Notifications Read'))
  const reader = clientOf(double, { token: double.addToken() }).api
  await expect(ensureExpiryAlert(reader, accountId, ['pki@example.com'])).rejects.toMatchObject(
    missing('Notifications Write'),
  )
  expect(double.world.alerts).toEqual([])
})
