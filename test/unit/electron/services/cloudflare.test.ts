import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCloudflareApi } from '#electron/cloudflare/client'
import { openLocalDatabase } from '#electron/database/local'
import { certificateMd5 } from '#electron/pki/x509/read'
import { askServer } from '#electron/platform/ask-server'
import { systemClock } from '#electron/platform/clock'
import { createCloudflare } from '#electron/services/cloudflare/index'
import { nothingKnown, readLocalKnowledge } from '#electron/services/cloudflare/local-knowledge'
import { createStoredToken } from '#electron/services/cloudflare/stored-token'
import { AppError } from '#shared/errors'
import { AccountId } from '#shared/model/access-account'
import { openOffice } from '../../../support/authorities'
import { administrator } from '../../../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { account } from '../../../support/cloudflare/world'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { hostRow } from '../../../support/rows'
import { findMarkers, text } from '../../../support/secrets'
import { openVault } from '../../../support/vault'

let double: CloudflareDouble
let home: string
beforeEach(async () => {
  double = await startCloudflareDouble()
  home = temporaryFolder()
})
afterEach(() => double.stop())

const source = (token: string | null) => ({ token, account: null })

async function inHome<T>(act: (service: ReturnType<typeof open>) => Promise<T>): Promise<T> {
  const service = open()
  try {
    return await act(service)
  } finally {
    await service.database.close()
  }
}

const keyring = memoryKeyring()
function open() {
  const database = openLocalDatabase(home)
  const vault = openVault(home, keyring.keyring)
  const changes: string[] = []
  const changed = (...topics: string[]) => void changes.push(...topics)
  const stored = createStoredToken({ vault, database, clock: systemClock, changed })
  const cloudflare = createCloudflare({
    openApi: async (input) =>
      createCloudflareApi({ ...input, askServer, clock: systemClock, wait: async () => undefined, base: double.base }),
    openPractice: null,
    clock: systemClock,
    wait: async () => undefined,
    local: async () => nothingKnown,
    issuerCertificates: async () => [],
    stored,
    looks: database.accessLooks,
    readings: database.accessReadings,
    testCa: null,
  })
  return { cloudflare, database, changes, vault }
}

describe('a token', () => {
  it('is stored once it has proven that it can read, and used from then on', async () => {
    const token = double.addToken()
    await inHome(async ({ cloudflare, changes, database }) => {
      expect(await cloudflare.hasStoredToken()).toBe(false)
      const { reading, store } = await cloudflare.login({ token, account: null })
      expect(reading.account.name).toBe('Acme')
      expect(await cloudflare.hasStoredToken()).toBe(false)
      await store()
      expect(await cloudflare.hasStoredToken()).toBe(true)
      expect(changes).toContain('vault')
      expect((await database.activity.list({ offset: 0, limit: 9, search: '' })).rows).toMatchObject([
        { kind: 'cloudflare-connected', about: 'Acme' },
      ])
    })
    double.journal.length = 0
    await inHome(async ({ cloudflare }) => {
      expect((await cloudflare.read(source(null), { eachZone: false })).account.name).toBe('Acme')
    })
    expect(double.journal[0]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(findMarkers([home], [text('the token', token), text('its secret part', token.slice(5))])).toEqual([])
  })

  it('of several accounts keeps the one that was chosen', async () => {
    double.world.accounts.push({ id: 'b'.repeat(32), name: 'Other' })
    const token = double.addToken({ accounts: [account, 'b'.repeat(32)] })
    await inHome(async ({ cloudflare }) => {
      await (await cloudflare.login({ token, account: 'Other' })).store()
      expect((await cloudflare.read(source(null), { eachZone: false })).account.name).toBe('Other')
    })
  })

  it.each<[string, (token: string) => string, string]>([
    ['that is a global key', () => `cfk_${'k'.repeat(40)}`, 'cloudflare-token-unusable'],
    ['that Cloudflare does not know', () => `cfut_${'k'.repeat(40)}`, 'cloudflare-token-refused'],
    ['that may not read', (token) => token, 'cloudflare-permission-missing'],
  ])('%s is not stored', async (_what, choose, code) => {
    const token = choose(double.addToken({ permissions: new Set() }))
    await inHome(async ({ cloudflare }) => {
      await expect(cloudflare.login({ token, account: null })).rejects.toMatchObject({ code })
      expect(await cloudflare.hasStoredToken()).toBe(false)
    })
    if (code === 'cloudflare-token-unusable') expect(double.journal).toEqual([])
  })

  it('gives way to the next one, and is gone after logout', async () => {
    const [first, second] = [double.addToken(), double.addToken()]
    await inHome(async ({ cloudflare, vault }) => {
      await (await cloudflare.login({ token: first, account: null })).store()
      await (await cloudflare.login({ token: second, account: null })).store()
      expect(await vault.ids('api-token')).toHaveLength(1)
      await cloudflare.read(source(null), { eachZone: false })
      expect(double.journal.at(-1)?.headers.authorization).toBe(`Bearer ${second}`)
      expect([await cloudflare.logout(), await cloudflare.logout()]).toEqual([true, false])
      await expect(cloudflare.read(source(null), { eachZone: false })).rejects.toMatchObject({
        code: 'cloudflare-not-connected',
      })
    })
  })

  it('is said to be stored, or removed, where only the note of that fails', async () => {
    await inHome(async ({ database, vault }) => {
      const activity = { ...database.activity, append: () => Promise.reject(new AppError('disk-full')) }
      const stored = createStoredToken({
        vault,
        database: { activity },
        clock: systemClock,
        changed: () => undefined,
      })
      const token = { token: double.addToken(), account: AccountId.parse(account), name: 'Acme' }
      await expect(stored.write(token)).rejects.toMatchObject({
        code: 'disk-full',
        done: 'An API token for Cloudflare was stored.',
      })
      expect(await stored.exists()).toBe(true)
      await expect(stored.remove()).rejects.toMatchObject({
        code: 'disk-full',
        done: 'The stored API token for Cloudflare was removed.',
      })
      expect(await stored.exists()).toBe(false)
    })
  })

  it('that is given comes before the stored one', async () => {
    const given = double.addToken()
    await inHome(async ({ cloudflare }) => {
      await (await cloudflare.login({ token: double.addToken(), account: null })).store()
      await cloudflare.read(source(given), { eachZone: false })
    })
    expect(double.journal.at(-1)?.headers.authorization).toBe(`Bearer ${given}`)
  })

  it('in a locked vault is not asked for in vain', async () => {
    await inHome(async ({ cloudflare, vault }) => {
      await (await cloudflare.login({ token: double.addToken(), account: null })).store()
      await vault.setPassphrase(null, 'correct horse')
      await vault.lock()
      await expect(cloudflare.read(source(null), { eachZone: false })).rejects.toMatchObject({ code: 'vault-locked' })
    })
  })
})

describe('status', () => {
  it('says of each hostname what somebody has changed since the last look, and takes no note of it', async () => {
    const admin = administrator(double)
    const policy = await admin.policy({ name: 'Holders' })
    await admin.application('admin.example.com', [{ id: policy, precedence: 1 }])
    await admin.application('wiki.example.com')
    const token = double.addToken()
    const changesIn = async ({ cloudflare }: Pick<ReturnType<typeof open>, 'cloudflare'>) => {
      const { hosts, comparedWith } = await cloudflare.status(source(token), { eachZone: false })
      return { comparedWith, changes: hosts.map(({ hostname, changes }) => [hostname, changes]) }
    }
    const none = [
      ['admin.example.com', []],
      ['wiki.example.com', []],
    ]
    await inHome(async (service) => {
      expect(await changesIn(service)).toEqual({ comparedWith: null, changes: none })
      const { account, since } = await service.cloudflare.drift(source(token), { accept: true })
      expect([since, await changesIn(service)]).toEqual([null, { comparedWith: account.readAt, changes: none }])
      const path = `/accounts/${account.id}/access/policies/${policy}`
      const everyone = { name: 'Holders', decision: 'non_identity', include: [{ everyone: {} }] }
      expect(await admin.call('PUT', path, everyone)).toMatchObject({ status: 200 })
      const changed = [['admin.example.com', ['policy-changed']], none[1]]
      expect((await changesIn(service)).changes).toEqual(changed)
      expect((await changesIn(service)).changes).toEqual(changed)
    })
  })
})

describe('what this computer knows', () => {
  it('is its issuers by fingerprint, and the latest test of each hostname', async () => {
    const office = openOffice(temporaryFolder())
    const root = await office.create('Acme Root')
    const row = await office.database.authorities.get(root.id)
    const test = (at: string | null, good: boolean) => ({ lastTestAt: at, lastTestGood: good, lastSentence: `${good}` })
    const tests = [test('2026-02-01T00:00:00.000Z', true), test('2026-03-01T00:00:00.000Z', false), test(null, true)]
    for (const [index, one] of tests.entries())
      await office.database.hosts.insert(hostRow('admin.example.com', { ...one, port: 443 + index }))
    const { issuers, lastTests } = await readLocalKnowledge(office.database)
    expect([...issuers]).toEqual([[certificateMd5(row?.der ?? new Uint8Array()), 'Acme Root']])
    expect([...lastTests]).toEqual([
      ['admin.example.com', { at: '2026-03-01T00:00:00.000Z', good: false, sentence: 'false' }],
    ])
    office.close()
  })
})
