import { X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import { readRequest } from '#electron/pki/request'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { Clock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createDeleter } from '#electron/services/identities/delete'
import { createIdentities } from '#electron/services/identities/index'
import { createInstalls } from '#electron/services/installs/index'
import { createOperations } from '#electron/services/operations'
import { createRenewal } from '#electron/services/renewal'
import type { Vault } from '#electron/vault/vault'
import { renewalStage } from '#shared/logic/renewal'
import { RequestDraft } from '#shared/model/identity'
import type { HostId, IdentityId, Sha256, StoreId } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import type { ProbeMode } from '#shared/model/probe'
import type { Trust } from '#shared/model/store'
import { derOf } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { memoryStore } from '../../../support/memory-store'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { noPolicy } from '../../../support/policy'
import { hostRow, reportRow } from '../../../support/rows'
import { openVault } from '../../../support/vault'

/** From the old certificate to the new one with real keys, requests, records and openssl; the stores are in memory. */
let walk: Walkthrough
let home: string
let database: Database
let vault: Vault
let app: ReturnType<typeof build>
let chrome: ReturnType<typeof memoryStore>
let firefox: ReturnType<typeof memoryStore>
let time: number
let ada: IdentityId
let site: HostId
/** As a set-up file names it. */
let namedRoot: Sha256
/** What the site answers to whoever shows a certificate. */
let letsIn: (identity: IdentityId) => boolean
let tested: [identity: IdentityId, mode: ProbeMode][]
/** What a renewal asked of the stores. */
let asked: [store: StoreId, trust: Trust][]

const clock: Clock = { now: () => new Date(time) }

beforeAll(async () => {
  walk = await walkThrough()
  namedRoot = certificateSha256(derOf(walk.rootPem))
})
afterAll(() => walk.remove())

beforeEach(async () => {
  time = Date.now()
  home = temporaryFolder()
  database = openLocalDatabase(home)
  vault = openVault(home, memoryKeyring().keyring)
  chrome = memoryStore()
  firefox = memoryStore('firefox:default')
  tested = []
  asked = []
  letsIn = () => true
  app = build()
  const subject = { commonName: 'Ada', organization: 'Acme' }
  const draft = RequestDraft.parse({ subject, algorithm: 'p-256' })
  ada = (await app.identities.request(draft, { namedIssuers: [namedRoot] })).id
  await answerTo(ada, 20)
  for (const { store } of [chrome, firefox]) await app.installs.install(ada, store.id, 'none')
  const host = hostRow('admin.acme.example')
  site = host.id
  await database.hosts.insert(host)
  await app.test(site, ada, 'browser')
  tested = []
})
afterEach(() => database.close())

/** The services as a new process has them. */
function build() {
  const log = { info() {}, warn() {}, error() {} }
  const shared = { database, vault, jobs: inlineJobs(), clock, random: systemRandom, changed() {} }
  const operations = createOperations({ ...shared, journal: journalOf(database, vault), log })
  const ports = { ...shared, operations, policy: noPolicy }
  const identities = createIdentities(ports)
  const installs = createInstalls({ ...ports, stores: [chrome.store, firefox.store] })
  const deleting = createDeleter({ ...ports, removeInstalls: installs.removeAll })
  const test = async (host: HostId, identity: IdentityId, mode: ProbeMode) => {
    time += 1000
    tested.push([identity, mode])
    const verdict = letsIn(identity)
      ? { kind: 'let-in' as const, tone: 'good' as const, sentence: 'Let in.', explanation: '' }
      : { kind: 'refused' as const, tone: 'bad' as const, sentence: 'Refused.', explanation: '' }
    const row = await database.hosts.get(host)
    if (row === null) throw new Error('no such site')
    const startedAt = clock.now().toISOString()
    await database.reports.add(reportRow(row, { identity, mode, verdict, startedAt }), clock.now())
  }
  const renewal = createRenewal({
    ...ports,
    detail: identities.detail,
    refresh: installs.refresh,
    install(identity, store, trust) {
      asked.push([store, trust])
      return installs.install(identity, store, trust)
    },
    test,
    hasBrowser: true,
    removeEarlier: installs.removeEarlier,
    delete: deleting.delete,
  })
  return { identities, installs, renewal, test, recover: operations.recover }
}

async function restart(): Promise<void> {
  await database.close()
  database = openLocalDatabase(home)
  chrome.liveAgain()
  app = build()
  await app.recover()
  expect(await database.operations.unfinished()).toEqual([])
}

/** Signs the request with openssl and drops the file, as the person does. */
async function answerTo(identity: IdentityId, days: number): Promise<string> {
  time += 1000
  const { pem } = await app.identities.requestFile(identity)
  const issued = await walk.issue(pem, days)
  const bytes = Buffer.from(issued + walk.intermediatePem + walk.rootPem)
  const outcome = await app.identities.import([{ name: 'client.pem', bytes }], { origin: 'file' })
  expect(outcome).toMatchObject({ kind: 'imported', identity: { id: identity } })
  return new X509Certificate(issued).fingerprint256.replaceAll(':', '').toLowerCase()
}

const detail = (identity: IdentityId) => app.identities.detail(identity)
const summary = async (identity: IdentityId) => (await detail(identity)).summary
const held = () => [chrome, firefox].map((place) => Object.keys(place.content()))

describe('renewing', () => {
  it('asks under the same names with a new key of the same type, and links both', async () => {
    const { id, ...made } = await app.identities.renew(ada, 'new')
    const old = await summary(ada)
    expect(id).not.toBe(ada)
    expect(made).toMatchObject({ name: 'Ada', algorithm: old.algorithm, status: 'waiting' })
    expect((await app.identities.get(id)).namedIssuers).toEqual([namedRoot])
    expect(made.keyCode).not.toBe(old.keyCode)
    expect(made.replaces).toMatchObject({ identity: ada, name: 'Ada', notAfter: old.notAfter, isKept: false })
    expect(old.replacement).toMatchObject({ identity: id, notAfter: null })
    const { requestDer } = await app.identities.get(id)
    expect(await readRequest(requestDer ?? new Uint8Array())).toMatchObject({
      subject: 'CN=Ada, O=Acme',
      unproven: null,
    })
    expect(await vault.open('private-key', id)).not.toEqual(await vault.open('private-key', ada))
    expect((await database.activity.list(Page.parse({}))).rows[0]).toMatchObject({ kind: 'request-made', about: 'Ada' })
  })

  it('twice gives the same request', async () => {
    const { id } = await app.identities.renew(ada, 'new')
    expect((await app.identities.renew(ada, 'new')).id).toBe(id)
    expect((await app.identities.renew(ada, 'same')).id).toBe(id)
    expect((await app.identities.list(Page.parse({}))).total).toBe(2)
  })

  it('is no longer wanted once its request is deleted, and goes with the old certificate', async () => {
    const { id } = await app.identities.renew(ada, 'new')
    await database.identities.delete(id)
    expect((await summary(ada)).replacement).toBeNull()
    const again = await app.identities.renew(ada, 'new')
    await database.identities.delete(ada)
    expect((await summary(again.id)).replaces).toBeNull()
  })

  it('needs a certificate, and the same key needs the key', async () => {
    const { id } = await app.identities.request(RequestDraft.parse({ subject: { commonName: 'Bob' } }))
    await expect(app.identities.renew(id, 'new')).rejects.toMatchObject({ code: 'not-found' })
    await database.identities.setKeyInVault(ada, false)
    await expect(app.identities.renew(ada, 'same')).rejects.toMatchObject({ code: 'key-not-in-vault' })
    expect((await summary(ada)).replacement).toBeNull()
  })
})

describe('the new certificate, dropped as a file', () => {
  let fresh: IdentityId
  let certificate: string
  beforeEach(async () => {
    fresh = (await app.identities.renew(ada, 'new')).id
    await restart()
    certificate = await answerTo(fresh, 365)
  })
  const progress = async () => (await detail(fresh)).renewal

  it('is linked to the old one, and nothing has been moved yet', async () => {
    expect(await summary(ada)).toMatchObject({ status: 'replaced', replacement: { identity: fresh } })
    expect((await summary(ada)).replacement?.notAfter).toBe((await summary(fresh)).notAfter)
    expect(await progress()).toMatchObject({
      places: [
        { store: 'nss-user', hasNew: false },
        { store: 'firefox:default', hasNew: false },
      ],
      sites: [{ host: site, worksWithOld: true, worksWithNew: null }],
    })
    await expect(app.renewal.removeOld(fresh)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('goes wherever the old one is, is tested as that one was, and the old one can go everywhere', async () => {
    const done = await app.renewal.continueWith(fresh)
    expect(renewalStage(done)).toBe('works')
    expect(tested).toEqual([[fresh, 'browser']])
    for (const place of held()) expect(place).toHaveLength(2)
    await app.renewal.removeOld(fresh)
    expect(held()).toEqual([[certificate], [certificate]])
    expect([chrome.keyCount(), firefox.keyCount()]).toEqual([1, 1])
    await expect(detail(ada)).rejects.toMatchObject({ code: 'not-found' })
    await expect(vault.open('private-key', ada)).rejects.toMatchObject({ code: 'not-found' })
    expect(await progress()).toBeNull()
  })

  it('is tested on every site of the old one, each as the old one was there', async () => {
    const other = hostRow('grafana.acme.example')
    await database.hosts.insert(other)
    await app.test(other.id, ada, 'direct')
    tested = []
    const { sites } = await app.renewal.continueWith(fresh)
    expect(sites.map(({ worksWithNew }) => worksWithNew)).toEqual([true, true])
    expect(tested.map(([, mode]) => mode).sort()).toEqual(['browser', 'direct'])
  })

  it('is trusted in each store as the old one is there, and its issuer never', async () => {
    firefox.put(derOf((await detail(ada)).certificate?.pem ?? ''), { key: true, trusted: true })
    await app.renewal.continueWith(fresh)
    expect(asked).toEqual([
      [chrome.store.id, 'none'],
      [firefox.store.id, 'certificate'],
    ])
  })

  it('keeps the old one where a site refuses the new one', async () => {
    letsIn = (identity) => identity === ada
    expect(renewalStage(await app.renewal.continueWith(fresh))).toBe('refused')
    await expect(app.renewal.removeOld(fresh)).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await summary(ada)).sha256).not.toBeNull()
    letsIn = () => true
    expect(renewalStage(await app.renewal.continueWith(fresh))).toBe('works')
  })

  it('goes on where it was after a process died between two stores', async () => {
    const died = chrome.dieAfter('remove-identity')
    void app.renewal.continueWith(fresh)
    await died
    await restart()
    expect((await progress())?.places.map(({ hasNew }) => hasNew)).toEqual([false, false])
    expect(held()[0], 'what was half done is taken back').toHaveLength(1)
    expect(renewalStage(await app.renewal.continueWith(fresh))).toBe('works')
  })

  it('goes on with the second store, and with the tests, where the first is done', async () => {
    await app.installs.install(fresh, chrome.store.id, 'none')
    await restart()
    expect((await progress())?.places.map(({ hasNew }) => hasNew)).toEqual([true, false])
    await app.installs.install(fresh, firefox.store.id, 'none')
    await restart()
    expect(renewalStage(await app.renewal.continueWith(fresh))).toBe('works')
    expect(tested).toHaveLength(1)
  })

  it('finishes a removal that was interrupted', async () => {
    await app.renewal.continueWith(fresh)
    const [install] = await database.installs.ofIdentity(ada)
    if (install === undefined) throw new Error('not installed')
    await app.installs.remove(install.id)
    await restart()
    expect(await progress()).toMatchObject({ places: [{ store: 'firefox:default', hasNew: true }] })
    await app.renewal.removeOld(fresh)
    expect(held()).toEqual([[certificate], [certificate]])
  })

  it('can be kept beside the old one, and is not asked about again', async () => {
    await app.renewal.continueWith(fresh)
    await app.renewal.keepOld(fresh)
    await restart()
    expect(await progress()).toBeNull()
    expect((await summary(fresh)).replaces).toMatchObject({ isKept: true })
    expect((await summary(ada)).status).toBe('replaced')
  })
})

describe('with the same key', () => {
  it('the new certificate takes the place of the old one, and only that one goes from the stores', async () => {
    const before = await summary(ada)
    const made = await app.identities.renew(ada, 'same')
    expect(made).toMatchObject({ id: ada, keyCode: before.keyCode, replacement: { identity: ada, notAfter: null } })
    expect(made.replaces).toBeNull()
    await restart()
    const certificate = await answerTo(ada, 365)
    const { renewal, summary: now } = await detail(ada)
    expect(now).toMatchObject({ sha256: certificate, replacement: null, replaces: { identity: ada } })
    expect(now.replaces?.notAfter).toBe(before.notAfter)
    expect(renewal).toMatchObject({ places: [{ hasNew: false }, { hasNew: false }], sites: [{ worksWithNew: null }] })

    expect(renewalStage(await app.renewal.continueWith(ada))).toBe('works')
    for (const place of held()) expect(place).toHaveLength(2)
    await app.renewal.removeOld(ada)
    expect(held()).toEqual([[certificate], [certificate]])
    expect([chrome.keyCount(), firefox.keyCount()]).toEqual([1, 1])
    expect((await detail(ada)).renewal).toBeNull()
  })

  it('a killed removal of the old one is finished by the next start', async () => {
    await app.identities.renew(ada, 'same')
    const certificate = await answerTo(ada, 365)
    await app.renewal.continueWith(ada)
    const bystander = new X509Certificate(walk.rootPem).raw
    chrome.put(bystander)
    chrome.losesWithTheNext(bystander)
    const died = chrome.dieAfter('restore-certificate')
    void app.renewal.removeOld(ada)
    await died
    await restart()
    expect(held()[0]?.sort()).toEqual([certificate, digestOf(bystander)].sort())
    await app.renewal.removeOld(ada)
    expect(held()[1]).toEqual([certificate])
  })
})

const digestOf = (der: Uint8Array) => new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase()
