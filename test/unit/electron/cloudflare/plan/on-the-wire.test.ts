import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '#electron/cloudflare/plan/calls'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { withIds } from '#electron/cloudflare/plan/with-ids'
import { AccessWish } from '#shared/model/access-wish'
import { type Administrator, administrator } from '../../../../support/cloudflare/administrator'
import { accountId } from '../../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../../support/cloudflare/double'
import { newCaPem, openAccount, protectedSite } from '../../../../support/cloudflare/protected-site'

/** What a plan sends is taken by a server that refuses what is not documented, and has the effect that was wished. */

const now = new Date()
let pem = ''
beforeAll(async () => {
  pem = await newCaPem(now)
})

let double: CloudflareDouble
let admin: Administrator
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
})
afterEach(() => double.stop())

async function apply(wish: AccessWish): Promise<string[]> {
  const { api, read } = openAccount(double, now)
  const { changes, problems } = changesFor(await read(), wish, now)
  expect(problems).toEqual([])
  const created = new Map<string, string>()
  for (const planned of changes ?? []) {
    const call = callOf(withIds(planned, created), await read())
    if (call === null) continue
    const id = await api.send(call)
    if (id !== null && 'id' in planned) created.set(planned.id, id)
  }
  return (changes ?? []).map(({ kind }) => kind)
}

const protect = () =>
  protectedSite(pem, {
    groups: [{ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] }],
    policies: [
      {
        name: 'Holders',
        decision: 'non_identity',
        include: [{ certificate: {} }],
        exclude: [{ group: { name: 'Blocked' } }],
      },
    ],
  })

describe('a plan', () => {
  it('protects a hostname of an empty account, and has nothing left to do then', async () => {
    const kinds = await apply(protect())
    expect(kinds).toContain('create-application')
    expect(await apply(protect())).toEqual([])
    const account = await openAccount(double, now).read()
    expect(account.cas).toMatchObject([{ name: 'New', hostnames: ['admin.example.com'] }])
    expect(account.settings).toMatchObject([{ hostname: 'admin.example.com', forwarding: true }])
    expect(account.applications).toMatchObject([{ domain: 'admin.example.com', policies: [{ precedence: 1 }] }])
  })

  it('keeps what it does not know in what it changes', async () => {
    const other = await admin.policy({ name: 'Other', quiet_hours: { from: 22 } })
    await admin.application('admin.example.com', [{ id: other, precedence: 7 }], {
      weather_policy: { rain: 'indoors' },
    })
    await apply(protect())
    const { applications, policies } = await openAccount(double, now).read()
    expect(applications).toHaveLength(1)
    expect(applications[0]?.fetched).toMatchObject({ weather_policy: { rain: 'indoors' } })
    expect(applications[0]?.policies[0]).toEqual({ policy: other, precedence: 7 })
    expect(policies.find(({ name }) => name === 'Other')?.fetched).toMatchObject({ quiet_hours: { from: 22 } })
    expect(await apply(protect())).toEqual([])
  })

  it('takes away again what it added', async () => {
    await apply(protect())
    const undo = AccessWish.parse({
      version: 1,
      account: accountId,
      cas: [{ name: 'New', pem }],
      hostnames: [{ hostname: 'admin.example.com', cas: [] }],
      applications: [{ domain: 'admin.example.com', detach: ['Holders'] }],
      retire: ['New'],
    })
    const kinds = await apply({ ...undo, cas: [] })
    expect(kinds).toEqual(expect.arrayContaining(['set-application-policies', 'set-ca-hostnames', 'delete-ca']))
    const account = await openAccount(double, now).read()
    expect(account.cas).toEqual([])
    expect(account.applications).toMatchObject([{ policies: [] }])
  })
})
