import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAccount } from '#electron/cloudflare/account/read'
import type { CloudflareApi } from '#electron/cloudflare/api'
import { callOf } from '#electron/cloudflare/plan/calls'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { withIds } from '#electron/cloudflare/plan/with-ids'
import { createPracticeApi } from '#electron/cloudflare/practice/api'
import { emptyState, practiceToken } from '#electron/cloudflare/practice/state'
import { createPracticeStore, practiceFile } from '#electron/cloudflare/practice/store'
import { createLabPki } from '#electron/lab/pki'
import { certificatePem } from '#electron/pki/x509/pem'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import type { AccessAccount } from '#shared/model/access-account'
import { AccessWish } from '#shared/model/access-wish'
import { makeSmallPki } from '../../../../support/certificates'
import { accountId, clientOf } from '../../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../../support/cloudflare/permissions'
import { temporaryFolder } from '../../../../support/home'
import { lockOf } from '../../../../support/locks'

const hostname = 'practice.latchkey.localhost'
let pem = ''
let practicePem = ''
beforeAll(async () => {
  const { intermediate, root } = await makeSmallPki(new Date())
  pem = certificatePem(intermediate.certificate) + certificatePem(root.certificate)
  const lab = await createLabPki(new Date())
  practicePem = certificatePem(lab.clientIntermediate.certificate) + certificatePem(lab.clientRoot.certificate)
})

let home: string
beforeEach(() => {
  home = temporaryFolder()
})
const openStore = () => createPracticeStore(home, lockOf(home))
const open = () => createPracticeApi({ store: openStore(), clock: systemClock, random: systemRandom })

const practised = async (api = open()) =>
  (await readAccount(api, systemClock, { token: practiceToken, eachZone: false })).account

const wish = (account: string, parts: object) => AccessWish.parse({ version: 1, account, ...parts })
const protect = () => ({
  cas: [{ name: 'Clients', pem }],
  hostnames: [{ hostname, cas: ['Clients'], forwarding: true }],
  groups: [{ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] }],
  policies: [
    {
      name: 'Holders',
      decision: 'non_identity',
      include: [{ certificate: {} }],
      exclude: [{ group: { name: 'Blocked' } }],
    },
  ],
  applications: [{ domain: hostname, name: 'Site', attach: ['Holders'] }],
})

/** Sends every change of a plan, as `apply` does. */
async function send(api: CloudflareApi, read: () => Promise<AccessAccount>, parts: object): Promise<void> {
  const account = await read()
  const ids = new Map<string, string>()
  for (const change of changesFor(account, wish(account.id, parts), new Date()).changes ?? []) {
    const call = callOf(withIds(change, ids), await read())
    const id = call === null ? null : await api.send(call)
    if (id !== null && 'id' in change) ids.set(change.id, id)
  }
}

describe('the practice account', () => {
  let double: CloudflareDouble
  beforeEach(async () => {
    double = await startCloudflareDouble()
  })
  afterEach(() => double.stop())

  it('becomes what Cloudflare’s stand-in becomes by the same plan, but for ids and dates', async () => {
    double.world.zones.push({ id: '2'.repeat(32), name: 'latchkey.localhost', account: accountId })
    const token = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })
    const { api: other } = clientOf(double, { token })
    const verified = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const
    const readOther = async () => (await readAccount(other, systemClock, { token: verified, eachZone: false })).account
    for (const parts of [
      protect(),
      { applications: [{ domain: hostname, detach: ['Holders'] }] },
      { hostnames: [{ hostname, cas: [] }], retire: ['Clients'] },
    ]) {
      await send(open(), practised, parts)
      await send(other, readOther, parts)
      expect(shapeOf(await practised())).toEqual(shapeOf(await readOther()))
    }
  })

  it('is the same in another process, and empty where its file says nothing usable', async () => {
    await send(open(), practised, protect())
    expect((await practised()).cas).toMatchObject([{ name: 'Clients', hostnames: [hostname] }])
    writeFileSync(join(home, practiceFile), '{"version":1}')
    expect((await practised()).cas).toEqual([])
    expect(await createPracticeStore(join(home, 'nowhere'), lockOf(home)).read()).toEqual(emptyState)
  })

  it('loses no change of two processes that write it at once', async () => {
    const settings = (who: string) => Array.from({ length: 8 }, (_, index) => `${who}-${index}`)
    const write = async (who: string) => {
      const store = openStore()
      for (const hostname of settings(who))
        await store.update((state) => ({
          state: { ...state, settings: [...state.settings, { hostname }] },
          value: null,
        }))
    }
    await Promise.all([write('window'), write('terminal')])
    const { settings: written } = await openStore().read()
    expect(written.map(({ hostname }) => hostname).sort()).toEqual(
      [...settings('window'), ...settings('terminal')].sort(),
    )
  })

  it('takes the practice site’s CA, which Access must never get', async () => {
    const cas = [{ name: 'Practice', pem: practicePem }]
    expect(changesFor(await practised(), wish('practice', { cas }), new Date()).changes).toMatchObject([
      { kind: 'create-ca' },
    ])
    const real = { ...(await practised()), id: accountId }
    expect(changesFor(real, wish(accountId, { cas }), new Date()).problems).toMatchObject([
      { kind: 'ca-refused', why: 'practice' },
    ])
  })

  const path = (rest: string) => `/accounts/practice/access/${rest}`
  const first = async <T extends { id: string }>(list: (account: AccessAccount) => T[]): Promise<string> =>
    list(await practised())[0]?.id ?? ''

  it('refuses what Access refuses, and changes nothing then', async () => {
    const api = open()
    await send(api, practised, protect())
    const before = await practised()
    const [ca, policy, app, group] = await Promise.all([
      first(({ cas }) => cas),
      first(({ policies }) => policies),
      first(({ applications }) => applications),
      first(({ groups }) => groups ?? []),
    ])
    const body = { type: 'self_hosted', domain: hostname }
    const link = { id: policy, precedence: 1 }
    const refusals: [Parameters<CloudflareApi['send']>[0], string][] = [
      [{ method: 'DELETE', path: path(`certificates/${ca}`), body: null }, 'conflict'],
      [{ method: 'DELETE', path: path(`policies/${policy}`), body: null }, 'conflict'],
      [{ method: 'DELETE', path: path(`groups/${group}`), body: null }, 'conflict'],
      [{ method: 'DELETE', path: path('policies/none'), body: null }, 'not-found'],
      [{ method: 'POST', path: path('apps'), body: { ...body, policies: [] } }, 'conflict'],
      [{ method: 'PUT', path: path(`apps/${app}`), body: { ...body, policies: [link, link] } }, 'refused'],
      [{ method: 'PUT', path: path(`apps/${app}`), body: { ...body, policies: [{ id: 'none' }] } }, 'refused'],
      [{ method: 'POST', path: path('apps'), body: { ...body, domain: 'wiki.example.com' } }, 'refused'],
      [
        { method: 'PUT', path: path(`certificates/${ca}`), body: { associated_hostnames: ['a.example.com'] } },
        'refused',
      ],
      [{ method: 'POST', path: path('policies'), body: { name: 'X', decision: 'allow', include: [] } }, 'refused'],
      [{ method: 'POST', path: path('elsewhere'), body: {} }, 'not-found'],
    ]
    for (const [call, code] of refusals)
      await expect(api.send(call), call.path).rejects.toMatchObject({ code: `cloudflare-${code}` })
    expect({ ...(await practised()), readAt: before.readAt }).toEqual(before)
  })
})

/** Names in place of ids. */
function shapeOf({ cas, settings, applications, policies, groups }: AccessAccount) {
  const nameOf = (id: string) => [...policies, ...(groups ?? [])].find((one) => one.id === id)?.name
  return {
    cas: cas.map(({ name, fingerprint, hostnames }) => ({ name, fingerprint, hostnames })),
    settings,
    applications: applications.map(({ name, domain, destinations, policies: links }) => ({
      name,
      domain,
      destinations,
      links: links.map(({ policy, precedence }) => [nameOf(policy), precedence]),
    })),
    policies: policies.map(({ name, decision, application, rules: { include, require, exclude } }) => ({
      name,
      decision,
      application,
      rules: [include, require, exclude.map((rule) => (rule.kind === 'group' ? nameOf(rule.group) : rule))],
    })),
    groups: groups?.map(({ name, rules }) => ({ name, rules })),
  }
}
