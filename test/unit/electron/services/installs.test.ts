import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createIdentities } from '#electron/services/identities/index'
import { createInstalls } from '#electron/services/installs/index'
import { createOperations, type Recoveries } from '#electron/services/operations'
import type { Vault } from '#electron/vault/vault'
import { type IdentityId, Sha256 } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import type { Trust } from '#shared/model/store'
import type { UndoStep } from '#shared/model/undo'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { memoryStore } from '../../../support/memory-store'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { openVault } from '../../../support/vault'

let walk: Walkthrough
let root: Uint8Array
let home: string
let database: Database
let vault: Vault
let place: ReturnType<typeof memoryStore>
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
function build() {
  const log = { info() {}, warn() {}, error() {} }
  const recoveries: Recoveries = {}
  const shared = { database, vault, jobs: inlineJobs(), clock: systemClock, random: systemRandom, changed() {} }
  const operations = createOperations({ database, clock: systemClock, random: systemRandom, log, recoveries })
  const ports = { ...shared, operations }
  const identities = createIdentities(ports)
  const installs = createInstalls({ ...ports, stores: [place.store] })
  Object.assign(recoveries, identities.recoveries, installs.recoveries)
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
    place.takeAway(await certificate(), { key: true })
    expect(await app.installs.remove(id)).toMatchObject({ certificates: [], privateKey: 'absent' })
    expect(await database.installs.ofIdentity(ada)).toEqual([])
    expect(await lastSentence()).toBe(
      'Neither the certificate nor its private key was in Test; its record was cleared.',
    )
  })

  it('removes a key that somebody left without its certificate', async () => {
    const { id } = await install('none')
    place.takeAway(await certificate())
    expect(await app.installs.remove(id)).toMatchObject({ certificates: [], privateKey: 'removed' })
    expect(place.keyCount()).toBe(0)
    expect(await lastSentence()).toBe('The private key was removed from Test; its certificate was not there.')
  })

  const certificate = async () => {
    const row = await database.certificates.get(Sha256.parse(leaf))
    if (row === null) throw new Error('no certificate')
    return row.der
  }
})

async function lastSentence(): Promise<string | undefined> {
  const { rows } = await database.activity.list(Page.parse({ limit: 10 }))
  return rows.find(({ kind }) => kind !== 'recovered')?.sentence
}
