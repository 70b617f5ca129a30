import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createIdentities } from '#electron/services/identities/index'
import { createInstalls } from '#electron/services/installs/index'
import { createOperations } from '#electron/services/operations'
import type { CertificateStore } from '#electron/stores/store'
import type { Vault } from '#electron/vault/vault'
import { type IdentityId, InstallId, Sha256 } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import type { Trust } from '#shared/model/store'
import type { UndoStep } from '#shared/model/undo'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { memoryStore } from '../../../support/memory-store'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { noPolicy, policyWith } from '../../../support/policy'
import { openVault } from '../../../support/vault'

let walk: Walkthrough
let root: Uint8Array
let home: string
let database: Database
let vault: Vault
let place: ReturnType<typeof memoryStore>
let stores: CertificateStore[]
let app: ReturnType<typeof build>
let ada: IdentityId
let leaf: string
let requestPem: string

beforeAll(async () => {
  walk = await walkThrough()
  root = new X509Certificate(walk.rootPem).raw
})
afterAll(() => walk.remove())

beforeEach(async () => {
  home = temporaryFolder()
  database = openLocalDatabase(home)
  vault = openVault(home, memoryKeyring().keyring)
  place = memoryStore()
  stores = [place.store]
  app = build()
  const subject = { commonName: 'Ada', organization: '', organizationalUnit: '', locality: '', state: '', country: '' }
  const draft = { subject, algorithm: 'p-256' as const, emails: [], dnsNames: [] }
  const { id } = await app.identities.request(draft)
  ada = id
  const { pem } = await app.identities.requestFile(id)
  requestPem = pem
  leaf = await issueAndImport()
})

/** SHA-256 of the certificate that was issued for Ada's request, again where she has one. */
async function issueAndImport(): Promise<string> {
  const issued = await walk.issue(requestPem)
  const file = { name: 'client.pem', bytes: Buffer.from(issued + walk.intermediatePem + walk.rootPem) }
  await app.identities.import([file], { origin: 'file' })
  return digest(new X509Certificate(issued).raw)
}
afterEach(() => database.close())

const digest = (der: Uint8Array) => createHash('sha256').update(der).digest('hex')

/** The services as a new process has them. */
function build(policy = noPolicy) {
  const log = { info() {}, warn() {}, error() {} }
  const shared = { database, vault, jobs: inlineJobs(), clock: systemClock, random: systemRandom, changed() {} }
  const operations = createOperations({ ...shared, journal: journalOf(database, vault), log })
  const ports = { ...shared, operations, policy }
  const identities = createIdentities(ports)
  const installs = createInstalls({ ...ports, stores })
  return { identities, installs, recover: operations.recover }
}

const install = (trust: Trust) => app.installs.install(ada, place.store.id, trust)

/** A process that died in the midst of `work`, and the next start. */
async function killedThenRestarted(after: UndoStep['kind'], work: () => Promise<unknown>) {
  const died = place.dieAfter(after)
  void work()
  await died
  await database.close()
  database = openLocalDatabase(home)
  place.liveAgain()
  app = build()
  await app.recover()
  expect(await database.operations.unfinished()).toEqual([])
}

const untrusted = { key: false, trusted: false }

describe('killed right after the issuer was trusted', () => {
  it('gives a root that was there before its trust back, and takes the certificate out', async () => {
    place.put(root)
    await killedThenRestarted('restore-trust', () => install('authority'))
    expect(place.content()).toEqual({ [digest(root)]: untrusted })
    expect(await database.installs.ofIdentity(ada)).toEqual([])
  })

  it('of a certificate that was installed already, leaves that as it was', async () => {
    place.put(root)
    const first = await install('none')
    await killedThenRestarted('restore-trust', () => install('authority'))
    expect(place.content()).toEqual({ [digest(root)]: untrusted, [leaf]: { key: true, trusted: false } })
    expect(await database.installs.ofIdentity(ada)).toEqual([first])
  })
})

describe('installing again', () => {
  it('keeps what the first time changed, so that removing takes all of it back', async () => {
    place.put(root)
    await install('authority')
    expect(place.content()[digest(root)]).toEqual({ key: false, trusted: true })
    const { id } = await install('none')
    await app.installs.remove(id)
    expect(place.content()).toEqual({ [digest(root)]: untrusted })
  })
})

describe('removing', () => {
  it('killed while the store has lost a bystander, brings it back', async () => {
    const bystander = Buffer.from('another certificate of the same key')
    place.put(bystander)
    const { id } = await install('none')
    place.losesWithTheNext(bystander)
    await killedThenRestarted('restore-certificate', () => app.installs.remove(id))
    expect(place.content()).toEqual({ [digest(bystander)]: untrusted })
    expect(await database.installs.ofIdentity(ada)).toEqual([])
  })
})

describe('a certificate that was renewed with the same key', () => {
  let renewed: string
  beforeEach(async () => {
    await install('none')
    renewed = await issueAndImport()
  })

  it('is removed with the earlier one and the key, and no more is said than was read back', async () => {
    const { id } = await install('none')
    expect(Object.keys(place.content()).sort()).toEqual([leaf, renewed].sort())
    const removal = await app.installs.remove(id)
    expect(place.content()).toEqual({})
    expect(place.keyCount()).toBe(0)
    expect(removal).toMatchObject({ storeName: 'Test', privateKey: 'removed' })
    expect(removal.certificates.map((one) => [one.sha256, one.name])).toEqual([
      [leaf, 'Ada'],
      [renewed, 'Ada'],
    ])
    expect(await lastSentence()).toBe('2 certificates and their private key were removed from Test.')
    expect(await database.installs.ofIdentity(ada)).toEqual([])
  })

  it('takes the earlier one along although the record knows only one of them, as 0.1.0 wrote it', async () => {
    const { id, ...record } = await install('none')
    await database.installs.upsert({ ...record, id, sha256: record.sha256 })
    await app.installs.remove(id)
    expect(place.keyCount()).toBe(0)
    expect(place.content()).toEqual({})
  })

  it('removed before it was installed itself, takes the earlier one and the key', async () => {
    const [row] = await database.installs.ofIdentity(ada)
    if (row === undefined) throw new Error('no install')
    await app.installs.remove(row.id)
    expect(place.content()).toEqual({})
    expect(place.keyCount()).toBe(0)
  })

  it('killed while it is installed, leaves the earlier one with its key and its record', async () => {
    const before = await database.installs.ofIdentity(ada)
    await killedThenRestarted('remove-identity', () => install('none'))
    expect(place.content()).toEqual({ [leaf]: { key: true, trusted: false } })
    expect(await database.installs.ofIdentity(ada)).toEqual(before)
  })

  it('killed while it is removed, is gone with the earlier one after the next start', async () => {
    const { id } = await install('none')
    const bystander = Buffer.from('another certificate')
    place.put(bystander)
    place.losesWithTheNext(bystander)
    await killedThenRestarted('restore-certificate', () => app.installs.remove(id))
    expect(place.content()).toEqual({ [digest(bystander)]: untrusted })
    expect(place.keyCount()).toBe(0)
    expect(await database.installs.ofIdentity(ada)).toEqual([])
  })
})

describe('the record of a renewed certificate', () => {
  let renewed: string
  beforeEach(async () => {
    await install('none')
    renewed = await issueAndImport()
  })
  const detail = () => app.identities.detail(ada)

  it('is about the earlier one until the new one is installed, and the next step says so', async () => {
    await app.installs.refresh(ada)
    const { summary, installs } = await detail()
    expect(installs).toMatchObject([{ sha256: leaf, present: true, keyPresent: true }])
    expect(summary).toMatchObject({ sha256: renewed, status: 'issued', journey: { installed: 'next' } })
  })

  it('then names both, that which the browser offers first in front', async () => {
    const record = await install('none')
    expect(record.sha256).toBe(renewed)
    expect(record.certificates).toEqual([
      { sha256: renewed, name: 'Ada', notAfter: expect.any(String), recorded: true },
      { sha256: leaf, name: 'Ada', notAfter: expect.any(String), recorded: true },
    ])
    expect((await detail()).summary).toMatchObject({ status: 'installed', journey: { installed: 'done' } })
  })

  it('keeps that Latchkey installed the earlier one when the new one is taken away by somebody', async () => {
    await install('none')
    place.takeAway(await der(renewed))
    const [record] = await app.installs.refresh(ada)
    expect(record).toMatchObject({ sha256: leaf, present: true, certificates: [{ sha256: leaf, recorded: true }] })
    expect((await detail()).summary.journey.installed).toBe('next')
  })
})

describe('what the stores are read for', () => {
  it('shows what somebody else has removed, and what is back', async () => {
    await install('none')
    const gone = await der(leaf)
    place.takeAway(gone, { key: true })
    expect(await app.installs.refresh(ada)).toMatchObject([{ present: false, keyPresent: false, certificates: [] }])
    place.put(gone, { key: true })
    expect(await app.installs.refresh(ada)).toMatchObject([{ present: true, keyPresent: true, sha256: leaf }])
  })

  it('shows a key that is there without its certificate', async () => {
    await install('none')
    place.takeAway(await der(leaf))
    expect(await app.installs.refresh(ada)).toMatchObject([{ present: false, keyPresent: true }])
  })

  it('finds what nobody recorded, so that it can be removed: the key that 0.1.0 left behind', async () => {
    place.put(await der(leaf), { key: true })
    const [found] = await app.installs.refresh(ada)
    expect(found).toMatchObject({ sha256: leaf, storeName: 'Test', present: true, certificates: [{ recorded: false }] })
    if (found === undefined) throw new Error('nothing was found')
    expect(await app.installs.remove(found.id)).toMatchObject({ privateKey: 'removed' })
    expect(place.content()).toEqual({})
    expect(await app.installs.refresh(ada)).toEqual([])
  })

  it('takes no notice of a certificate without its key that nobody recorded', async () => {
    place.put(await der(leaf))
    expect(await app.installs.refresh(ada)).toEqual([])
  })

  it('names a certificate of the same key that another program put there', async () => {
    await install('none')
    const foreign = new X509Certificate(await walk.issue(requestPem)).raw
    place.put(foreign)
    const [record] = await app.installs.refresh(ada)
    expect(record?.certificates.map(({ sha256, recorded }) => [sha256, recorded])).toEqual(
      expect.arrayContaining([
        [leaf, true],
        [digest(foreign), false],
      ]),
    )
    if (record === undefined) throw new Error('no record')
    const { certificates } = await app.installs.remove(record.id)
    expect(certificates).toHaveLength(2)
    expect(place.content()).toEqual({})
  })

  it('leaves the records alone while an operation is at work', async () => {
    await install('none')
    place.takeAway(await der(leaf), { key: true })
    const release = await database.tryLock()
    expect(await app.installs.refresh(ada)).toMatchObject([{ present: true }])
    await release?.()
    expect(await app.installs.refresh(ada)).toMatchObject([{ present: false }])
  })

  it('writes nothing over a record that has changed since, or has gone', async () => {
    const record = await install('none')
    const seen = { ...record, present: false }
    expect(await database.installs.observe({ ...record, checkedAt: '2020-01-01T00:00:00.000Z' }, seen)).toBe(false)
    expect(await database.installs.observe(null, { ...seen, id: InstallId.parse(systemRandom.uuid()) })).toBe(false)
    await database.installs.delete(record.id)
    expect(await database.installs.observe(record, seen)).toBe(false)
    expect(await database.installs.all()).toEqual([])
  })

  it('says which store could not be read, and keeps what was last seen', async () => {
    await install('none')
    place.cannotBeRead('store-locked')
    const { certificate } = await app.identities.get(ada)
    const { installs, unread } = await app.installs.refreshAll([{ id: ada, certificate }])
    expect(unread).toEqual([{ store: place.store.id, code: 'store-locked' }])
    expect(installs).toMatchObject([{ present: true }])
    await expect(app.installs.check(installs[0]?.id ?? never())).rejects.toMatchObject({ code: 'store-locked' })
  })
})

describe('a store that is no longer on this computer', () => {
  it('can be cleared, and nothing is claimed of what it holds', async () => {
    const { id } = await install('none')
    stores = []
    app = build()
    expect(await app.installs.remove(id)).toMatchObject({ reached: false, privateKey: 'unknown', certificates: [] })
    expect(await database.installs.ofIdentity(ada)).toEqual([])
    expect(await lastSentence()).toBe('Test is not on this computer. Only the record of it was cleared.')
    expect(place.keyCount()).toBe(1)
  })
})

describe('a removal that fails half-way', () => {
  it('leaves a record of what is there now', async () => {
    const { id } = await install('none')
    place.failsToRemove('store-locked')
    place.takeAway(await der(leaf), { key: true })
    await expect(app.installs.remove(id)).rejects.toMatchObject({ code: 'store-locked' })
    expect(await database.installs.get(id)).toMatchObject({ present: false })
  })
})

const never = (): never => {
  throw new Error('there is none')
}

async function der(sha256: string): Promise<Uint8Array> {
  const row = await database.certificates.get(Sha256.parse(sha256))
  if (row === null) throw new Error('no certificate')
  return row.der
}

describe('removing what cannot be read back to be gone', () => {
  it('says so, and keeps the record', async () => {
    const { id } = await install('none')
    place.keepsKeys(true)
    await expect(app.installs.remove(id)).rejects.toMatchObject({ code: 'key-not-confirmed' })
    expect(await database.installs.ofIdentity(ada)).toHaveLength(1)
    expect(await lastSentence()).toBe('Installed in Test.')
    place.keepsKeys(false)
    await app.installs.remove(id)
    expect(place.content()).toEqual({})
  })

  it('clears the record of what somebody else has removed, and does not call it removed', async () => {
    const { id } = await install('none')
    place.takeAway(await der(leaf), { key: true })
    expect(await app.installs.remove(id)).toMatchObject({ certificates: [], privateKey: 'absent' })
    expect(await database.installs.ofIdentity(ada)).toEqual([])
    expect(await lastSentence()).toBe(
      'Neither the certificate nor its private key was in Test; its record was cleared.',
    )
  })

  it('removes a key that somebody left without its certificate', async () => {
    const { id } = await install('none')
    place.takeAway(await der(leaf))
    expect(await app.installs.remove(id)).toMatchObject({ certificates: [], privateKey: 'removed' })
    expect(place.keyCount()).toBe(0)
    expect(await lastSentence()).toBe('The private key was removed from Test; its certificate was not there.')
  })
})

describe('a store that a policy names', () => {
  it('is the only one that takes a certificate; from another one it can still be removed', async () => {
    const { id } = await install('none')
    app = build(policyWith({ store: 'firefox:work' }))
    await expect(install('none')).rejects.toMatchObject({
      code: 'managed',
      detail: 'Certificates go only into the store “firefox:work” on this computer.',
    })
    expect(await app.installs.stores()).toMatchObject([{ writable: false, problem: { code: 'managed' } }])
    expect(await app.installs.remove(id)).toMatchObject({ privateKey: 'removed' })
    expect(place.content()).toEqual({})
    app = build(policyWith({ store: place.store.id }))
    await install('none')
    expect(place.content()).toMatchObject({ [leaf]: { key: true } })
  })
})

async function lastSentence(): Promise<string | undefined> {
  const { rows } = await database.activity.list(Page.parse({ limit: 10 }))
  return rows.find(({ kind }) => kind !== 'recovered')?.sentence
}
