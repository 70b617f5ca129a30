import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertingPath, expiryType } from '#electron/cloudflare/alerting'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import { createSender } from '#electron/cloudflare/apply/send-change'
import { driftBetween, lookAt } from '#electron/cloudflare/look'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { exportWish } from '#electron/cloudflare/plan/export-wish'
import { planOf } from '#electron/cloudflare/plan/plan'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { AccessAlertId } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { AccessWish } from '#shared/model/access-wish'
import { account, ca, expiryAlert } from '../../../support/access-accounts'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../support/cloudflare/permissions'
import { applyingTo, openAccount } from '../../../support/cloudflare/protected-site'

const now = new Date('2026-03-01T12:00:00Z')
const policies = '/alerting/v3/policies'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

const open = (journal: JournalEntry[] = []) => applyingTo(double, now, journal, async (attempt) => attempt < 3)

const wish = (parts: object) => AccessWish.parse({ version: 2, account: accountId, ...parts })
const expiry = (emails: string[], more: object = {}) => ({ name: 'CA expiry', emails, ...more })

const planned = async (parts: object) => changesFor(await open().read(), wish(parts), now)

async function carryOut(changes: AccessChange[] | null): Promise<{ journal: JournalEntry[]; outcome: unknown }> {
  const journal = [begin(await open().read(), changes ?? [])]
  return { journal, outcome: await apply(journal, open(journal).ports) }
}

const make = async (parts: object) => carryOut((await planned(parts)).changes)

async function undo(journal: JournalEntry[]) {
  const run = runOf(journal)
  if (run === null) throw new Error('There is no run.')
  const { changes, notes } = undoOf(run.before, appliedChanges(run), await open().read())
  return { notes, outcome: (await carryOut(changes)).outcome }
}

const kept = () => double.world.alerts.map(({ fields }) => [fields['name'], fields['enabled'], fields['mechanisms']])
const webhook = 'b'.repeat(32)
const secretAddress = 'https://hooks.chat.example/services/T0/B0/planted-secret'
const addWebhook = () =>
  double.world.webhooks.push({ id: webhook, fields: { name: 'Chat', type: 'slack', url: secretAddress } })
const writes = () => double.journal.filter(({ method }) => method !== 'GET').map(({ method }) => method)

describe('an expiry alert', () => {
  it('is created, changed and deleted by what a plan file says of it, and each is undone', async () => {
    const { outcome, journal } = await make({ alerts: [expiry(['pki@example.com', 'ada@example.com'])] })
    expect(outcome).toEqual({ done: true })
    const both = { email: [{ id: 'pki@example.com' }, { id: 'ada@example.com' }] }
    expect(kept()).toEqual([['CA expiry', true, both]])
    expect(await planned({ alerts: [expiry(['ADA@example.com', 'pki@example.com'])] })).toEqual({
      changes: [],
      problems: [],
    })

    addWebhook()
    const changed = await make({ alerts: [expiry(['pki@example.com'], { enabled: false, webhooks: [webhook] })] })
    expect(changed.outcome).toEqual({ done: true })
    expect(kept()).toEqual([['CA expiry', false, { email: [{ id: 'pki@example.com' }], webhooks: [{ id: webhook }] }]])
    expect(await undo(changed.journal)).toEqual({ notes: [], outcome: { done: true } })
    expect(kept()).toMatchObject([['CA expiry', true, both]])

    const removed = await make({ removeAlerts: ['CA expiry'] })
    expect([removed.outcome, kept()]).toEqual([{ done: true }, []])
    expect(await make({ removeAlerts: ['CA expiry'] })).toMatchObject({ outcome: { done: true } })
    expect(await undo(removed.journal)).toEqual({ notes: [], outcome: { done: true } })
    expect(kept()).toMatchObject([['CA expiry', true, both]])

    // The one that came back is another object: what created the first is not undone with it.
    expect((await undo(journal)).notes).toMatchObject([{ why: 'changed-since' }])
    expect(kept()).toHaveLength(1)
  })

  it('leaves alone what others have, and what they keep in the same object', async () => {
    const theirs = { name: 'Theirs', enabled: true, mechanisms: { email: [{ id: 'pki@example.com' }] } }
    const own = { ...theirs, name: 'CA expiry', alert_type: expiryType, description: 'By hand', filters: {} }
    double.world.alerts.push(
      { id: 'a', fields: { ...theirs, alert_type: 'expiring_service_token_alert' } },
      { id: 'b', fields: { ...theirs, alert_type: expiryType } },
      { id: 'c', fields: own },
    )
    const before = structuredClone(double.world.alerts)
    const { journal } = await make({ alerts: [expiry(['ada@example.com'])] })
    expect(double.world.alerts.slice(0, 2)).toEqual(before.slice(0, 2))
    expect(double.world.alerts[2]?.fields).toMatchObject({
      description: 'By hand',
      mechanisms: { email: [{ id: 'ada@example.com' }] },
    })
    await undo(journal)
    expect(double.world.alerts[2]?.fields).toMatchObject(own)
  })

  it('is in an exported plan file, for which there is nothing to do', async () => {
    await make({ alerts: [expiry(['pki@example.com']), { name: 'Off', enabled: false, emails: ['ada@example.com'] }] })
    double.world.alerts.push({ id: 'd', fields: { name: 'Nobody', alert_type: expiryType, enabled: true } })
    const account = await open().read()
    const exported = exportWish(account, new Date('2026-04-01T00:00:00Z'))
    expect(exported.leftOut).toEqual(['Expiry alert Nobody: a plan file cannot hold its destinations.'])
    expect(exported.wish.alerts.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['CA expiry', true],
      ['Off', false],
    ])
    expect(changesFor(account, exported.wish, now)).toEqual({ changes: [], problems: [] })
    await make({ alerts: [expiry(['pki@example.com', 'ada@example.com'])] })
    expect(changesFor(await open().read(), exported.wish, now).problems).toEqual([{ kind: 'state-changed' }])
  })

  it('is no part of the state that files of the first version were written for', () => {
    // As the version before expiry alerts computed it.
    const digest = 'ea2497cdde684d726c6a80a7c5a43ee16a974b10e856c51bc7e36861491ea79d'
    const { alerting } = account()
    const alerts = [expiryAlert('CA expiry', ['pki@example.com'])]
    const now = account({ cas: [ca('G2', ['a.acme.example'])], alerting: alerting && { ...alerting, alerts } })
    const expires = '2026-12-01T00:00:00.000Z'
    const file = (version: number) => AccessWish.parse({ version, account: now.id, state: { digest, expires } })
    expect(changesFor(now, file(1), new Date(now.readAt))).toEqual({ changes: [], problems: [] })
    expect(changesFor(now, file(2), new Date(now.readAt)).problems).toEqual([{ kind: 'state-changed' }])
  })

  it('that was changed elsewhere is drift, and unless it was looked for nothing is said', async () => {
    const before = lookAt(await open().read())
    await make({ alerts: [expiry(['pki@example.com'])] })
    const after = lookAt(await open().read())
    expect(driftBetween(before, after)).toMatchObject([
      { what: 'expiry alert', name: 'CA expiry', change: 'added', after: 'to pki@example.com' },
    ])
    expect(driftBetween({ ...before, knowsAlerts: false }, after)).toEqual([])
  })
})

describe('webhooks and PagerDuty services', () => {
  const more = { webhooks: [webhook], pagerduty: ['e'.repeat(32)] }

  it('are named where an alert goes to them, and the address of a webhook is kept nowhere', async () => {
    addWebhook()
    double.world.pagerduty.push({ id: 'e'.repeat(32), fields: { name: 'On call' } })
    const account = await open().read()
    expect(account.alerting?.known).toEqual({
      webhooks: [{ id: webhook, name: 'Chat' }],
      pagerduty: [{ id: 'e'.repeat(32), name: 'On call' }],
    })
    const { changes, problems } = changesFor(account, wish({ alerts: [expiry(['pki@example.com'], more)] }), now)
    expect(problems).toEqual([])
    const [line] = spellOut(account, planOf(account, changes ?? [], account.readAt).steps)
    expect(line?.detail).toContain('On, to pki@example.com, the webhook Chat and the PagerDuty service On call.')
    const { journal, outcome } = await carryOut(changes)
    expect(outcome).toEqual({ done: true })
    const after = await open().read()
    const everything = JSON.stringify([account, journal, after, lookAt(after)])
    expect(everything).toContain('the webhook Chat')
    expect(everything).not.toContain('planted-secret')
  })

  it('that are not ready can be used, with a warning', async () => {
    double.world.pagerduty.push({ id: 'e'.repeat(32), fields: { name: 'On call' } })
    const account = await open().read()
    const { changes } = changesFor(account, wish({ alerts: [expiry([], { pagerduty: more.pagerduty })] }), now)
    const plan = planOf(account, changes ?? [], account.readAt)
    expect(plan.steps.map(({ risks, confirm }) => [risks, confirm])).toEqual([
      [[{ kind: 'destination-not-ready', destination: 'pagerduty' }], []],
    ])
    expect(spellOut(account, plan.steps)[0]?.warnings).toEqual([
      'Cloudflare says that PagerDuty is not ready for this account, so messages may not arrive.',
    ])
    expect((await carryOut(changes)).outcome).toEqual({ done: true })
    // Once it is there, only what is added is warned of.
    const next = await open().read()
    const later = changesFor(next, wish({ alerts: [expiry(['pki@example.com'], { pagerduty: more.pagerduty })] }), now)
    expect(planOf(next, later.changes ?? [], next.readAt).steps.map(({ risks }) => risks)).toEqual([[]])
  })

  it('whose list cannot be read are left to Cloudflare', async () => {
    addWebhook()
    double.upset('GET', '/destinations/webhooks', { kind: 'html' })
    const account = await open().read()
    expect(account.alerting?.known).toEqual({ webhooks: null, pagerduty: [] })
    const { changes } = changesFor(account, wish({ alerts: [expiry([], { webhooks: [webhook] })] }), now)
    expect((await carryOut(changes)).outcome).toEqual({ done: true })
  })
})

describe('a request for an alert whose answer is lost', () => {
  const alerts = [expiry(['pki@example.com'])]

  it('is found by the list, and not sent twice', async () => {
    double.upset('POST', policies, { kind: 'cut-after' })
    expect((await make({ alerts })).outcome).toEqual({ done: true })
    expect([writes(), kept().length]).toEqual([['POST'], 1])
  })

  it('stops the plan where it did not arrive, until a person has it sent again', async () => {
    double.upset('POST', policies, { kind: 'cut-before' })
    const { outcome, journal } = await make({ alerts })
    expect(outcome).toMatchObject({ done: false, why: 'uncertain' })
    const resumed: JournalEntry[] = [...journal, { kind: 'resumed' }]
    expect(await apply(resumed, open(resumed).ports)).toEqual({ done: true })
    expect(kept()).toHaveLength(1)
  })

  it('is sent again where it replaces a whole object', async () => {
    await make({ alerts })
    double.upset('PUT', double.world.alerts[0]?.id ?? '', { kind: 'cut-before' })
    expect((await make({ alerts: [expiry(['ada@example.com'])] })).outcome).toEqual({ done: true })
    expect(kept()).toMatchObject([['CA expiry', true, { email: [{ id: 'ada@example.com' }] }]])
  })
})

describe('what the account may not use', () => {
  const alerts = [expiry(['pki@example.com'])]

  it('is said and not tried', async () => {
    double.world.behaviour.destinations.email.eligible = false
    const id = 'c'.repeat(32)
    expect((await planned({ alerts: [expiry(['pki@example.com'], { pagerduty: [id] })] })).problems).toEqual([
      { kind: 'destination-unavailable', name: 'CA expiry', destination: 'emails' },
      { kind: 'destination-unknown', name: 'CA expiry', destination: 'pagerduty', id },
    ])
    double.world.behaviour.expiryAlerts = false
    expect((await planned({ alerts })).problems).toContainEqual({ kind: 'alert-unavailable', name: 'CA expiry' })
    expect(writes()).toEqual([])
  })

  it('does not keep an alert from being changed that has such a destination already, in whatever case', async () => {
    await make({ alerts })
    double.world.behaviour.destinations.email.eligible = false
    expect((await planned({ alerts: [expiry(['PKI@example.com'], { enabled: false })] })).problems).toEqual([])
  })

  it('is refused by Cloudflare where it changed meanwhile, without a code', async () => {
    const { changes } = await planned({ alerts })
    double.world.behaviour.expiryAlerts = false
    const journal = [begin(await open().read(), changes ?? [])]
    const { ports, sender } = open(journal)
    expect(await apply(journal, ports)).toMatchObject({ done: false, why: 'refused' })
    expect(sender.refusal()).toMatchObject({
      code: 'cloudflare-refused',
      detail: 'HTTP status 400: alert type is not available for this account',
    })
  })

  it('is not known without the permission, and hides nothing else', async () => {
    const permissions = new Set(readPermissions.filter((name) => name !== 'Notifications Read'))
    const { read } = openAccount(double, now, double.addToken({ permissions }))
    const account = await read()
    expect(account.alerting).toBeNull()
    expect(account.zones).toHaveLength(1)
    expect(changesFor(account, wish({ alerts, removeAlerts: ['Old'] }), now).problems).toEqual([
      { kind: 'not-read', what: 'expiry alert', name: 'CA expiry' },
      { kind: 'not-read', what: 'expiry alert', name: 'Old' },
    ])
  })

  it.each([
    ['is not there', { kind: 'status', status: 404, body: { success: false, errors: [{ message: 'no' }] } }],
    ['is a page', { kind: 'html' }],
  ] as const)('is not known where the answer %s, and hides nothing else', async (_what, fault) => {
    double.upset('GET', '/destinations/eligible', fault)
    const account = await open().read()
    expect([account.alerting, account.zones?.length]).toEqual([null, 1])
  })

  it('names the permission that a write lacks', async () => {
    const { changes } = await planned({ alerts })
    const journal = [begin(await open().read(), changes ?? [])]
    const permissions = new Set([...readPermissions, ...writePermissions.filter((name) => !/^Notif/u.test(name))])
    const { api } = clientOf(double, { token: double.addToken({ permissions }) })
    const sender = createSender(api)
    expect(await apply(journal, { ...open(journal).ports, send: sender.send })).toMatchObject({ why: 'refused' })
    expect(sender.refusal()).toMatchObject({
      code: 'cloudflare-permission-missing',
      detail: expect.stringContaining('Missing: Notifications Write.'),
    })
  })
})

describe('a test of an alert', () => {
  it('is sent once; accepted, refused or uncertain', async () => {
    await make({ alerts: [expiry(['pki@example.com'])] })
    const { api } = open()
    const id = AccessAlertId.parse(double.world.alerts[0]?.id)
    const test = () => api.testAlert(accountId, id)
    double.journal.length = 0
    await expect(test()).resolves.toBeUndefined()
    expect(double.journal.map(({ method, path }) => [method, path])).toEqual([
      ['POST', `${alertingPath(accountId)}/${id}/test`],
    ])
    double.world.behaviour.alertTests = 'refused'
    await expect(test()).rejects.toMatchObject({
      code: 'cloudflare-refused',
      detail: 'HTTP status 400: delivery mechanism is unreachable',
    })
    double.upset('POST', '/test', { kind: 'cut-after' })
    await expect(test()).rejects.toMatchObject({ code: 'cloudflare-uncertain' })
    const reader = clientOf(double, { token: double.addToken() }).api
    await expect(reader.testAlert(accountId, id)).rejects.toMatchObject({
      code: 'cloudflare-permission-missing',
      detail: expect.stringContaining('Notifications Write'),
    })
  })
})
