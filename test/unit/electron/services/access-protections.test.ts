import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createProtections } from '#electron/services/cloudflare/protections'
import { AccountId, practiceAccountId } from '#shared/model/access-account'
import { AccessRun } from '#shared/model/access-screen'
import { SubjectDraft } from '#shared/model/identity'
import { AccessRunId } from '#shared/model/ids'
import { ProtectionDraft } from '#shared/model/kept-protection'
import { temporaryFolder } from '../../../support/home'
import { identityRow } from '../../../support/rows'

/** How far somebody has come with protecting a site, as it is found out again after each start. */

const account = AccountId.parse('a'.repeat(32))
const run = AccessRunId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const title = 'Protect wiki.example.com'
const planned = { title, hostname: 'wiki.example.com', path: '', issuer: null, name: 'Ada' }
const draft = ProtectionDraft.parse({
  address: 'wiki.example.com',
  name: 'Wiki',
  ca: { kind: 'file', name: 'New' },
  who: { kind: 'names', names: 'Ada' },
})

const home = temporaryFolder()
let database: ReturnType<typeof openLocalDatabase>
let runs: AccessRun[]
let said: number
beforeEach(() => {
  database = openLocalDatabase(home)
  runs = []
  said = 0
})
afterEach(async () => {
  for (const one of [account, practiceAccountId]) await database.protections.delete(one)
  await database.close()
})

const open = (current: AccountId | null = account) =>
  createProtections({
    database,
    findRun: async (id) => runs.find((one) => one.id === id) ?? null,
    account: () => current,
    changed: () => {
      said += 1
    },
  })

const begun = (begunAt = '2026-11-25T14:02:00.000Z'): AccessRun =>
  AccessRun.parse({
    id: run,
    title,
    account: { id: account, name: 'Acme' },
    begunAt,
    state: 'done',
    steps: ['One'],
    done: 1,
    why: null,
    test: null,
    maySendAgain: false,
    backup: true,
    isRollOver: false,
  })

describe('a protection', () => {
  it('is kept as it was typed, for this account and the practice account alone', async () => {
    await open().save(account, draft, null)
    await open().save(practiceAccountId, draft, null)
    expect(said).toBe(0)
    expect((await open().list()).map((one) => one.account)).toEqual([practiceAccountId, account])
    expect(await open(null).list()).toMatchObject([{ account: practiceAccountId, draft, planned: null, run: null }])
    await open().remove(account)
    expect(await open().list()).toHaveLength(1)
  })

  it('knows its run by its journal alone: without one, nothing was begun', async () => {
    await open().save(account, draft, planned)
    await open().begin(account, title, run)
    expect(await open().list()).toMatchObject([{ run: null }])
    runs = [begun()]
    expect(await open().list()).toMatchObject([{ run: { id: run, state: 'done' } }])
    await open().save(account, draft, null)
    expect(await open().list()).toMatchObject([{ planned: null, run: null }])
  })

  it('leaves the plans of other changes alone', async () => {
    runs = [begun()]
    await open().save(account, draft, planned)
    await open().begin(account, 'Block Eve', run)
    await open().begin(practiceAccountId, title, run)
    expect(await open().list()).toMatchObject([{ run: null }])
  })

  it('finds the key that was made before Latchkey ended, and no other of that name', async () => {
    const made = (createdAt: string) =>
      identityRow('Ada', { subject: SubjectDraft.parse({ commonName: 'Ada' }), createdAt })
    const [early, late] = [made('2026-11-25T14:01:00.000Z'), made('2026-11-25T14:03:00.000Z')]
    await database.identities.insert(early)
    await open().save(account, draft, planned)
    await open().begin(account, title, run)
    runs = [begun()]
    expect(await open().list()).toMatchObject([{ proof: { commonName: null, identity: null } }])
    await open().noteIdentity(account, 'Ada', null)
    expect(await open().list()).toMatchObject([{ proof: { commonName: 'Ada', identity: null, isSigned: false } }])
    await database.identities.insert(late)
    expect(await open().list()).toMatchObject([{ proof: { identity: late.id, isSigned: false, report: null } }])
    // Once found, it stays found, also with a certificate or beside a newer one.
    await database.identities.insert(made('2026-11-25T14:04:00.000Z'))
    expect(await open().list()).toMatchObject([{ proof: { identity: late.id } }])
    await database.identities.delete(late.id)
    expect(await open().list()).toMatchObject([{ proof: { identity: null } }])
  })
})
