import { createPrivateKey, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import type { Jobs } from '#electron/jobs/jobs'
import { systemRandom } from '#electron/platform/random'
import { createIdentities, type Identities } from '#electron/services/identities/index'
import { createOperations } from '#electron/services/operations'
import type { Vault } from '#electron/vault/vault'
import { type ImportOutcome, RequestDraft } from '#shared/model/identity'
import { IdentityId, type StagedId } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { noPolicy } from '../../../support/policy'
import { openVault } from '../../../support/vault'
import { bundled, converted } from '../../../support/wrappings'

/** What a CA returns, in every wrapping it may have, on a real database and a real vault. */
let walk: Walkthrough
let home: string
let jobs: Jobs
let database: Database
let keyring: ReturnType<typeof memoryKeyring>
let vault: Vault
let identities: Identities
/** How far the clock has been put forward. */
let ahead: number

beforeAll(async () => {
  walk = await walkThrough()
  const p12 = ['pkcs12', '-export', '-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'ca-chain.pem']
  await walk.openssl(...p12, '-out', 'client.p12', '-passout', 'pass:from-somebody')
  await walk.openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'locked.key', '-passout', 'pass:key-word')
})
afterAll(() => walk.remove())

beforeEach(() => {
  home = temporaryFolder()
  ahead = 0
  database = openLocalDatabase(home)
  keyring = memoryKeyring()
  vault = openVault(home, keyring.keyring)
  build()
})
afterEach(() => database.close())

/** The services as a new process has them. */
function build() {
  const clock = { now: () => new Date(Date.now() + ahead) }
  const log = { info() {}, warn() {}, error() {} }
  const operations = createOperations({
    database,
    journal: journalOf(database, vault),
    clock,
    random: systemRandom,
    log,
    changed() {},
  })
  jobs = inlineJobs()
  const ports = { database, vault, jobs, operations, clock, random: systemRandom, changed() {}, policy: noPolicy }
  identities = createIdentities(ports)
}

const draft = (commonName: string) => RequestDraft.parse({ subject: { commonName }, algorithm: 'p-256' })
const ask = (name: string) => identities.request(draft(name))

async function asked(name = 'Ada') {
  const { id } = await ask(name)
  const { pem } = await identities.requestFile(id)
  return { id, pem }
}

const file = (content: string | Uint8Array, name = 'file') => ({ name, bytes: Buffer.from(content) })
const bring = (content: string | Uint8Array, password: string | null = null, staged: StagedId | null = null) =>
  identities.import([file(content)], { origin: 'file', password, staged })
const goOn = (staged: StagedId, password: string) => identities.import([], { origin: 'file', password, staged })

type Kind = ImportOutcome['kind']
function expectKind<K extends Kind>(outcome: ImportOutcome, kind: K): Extract<ImportOutcome, { kind: K }> {
  expect(outcome.kind).toBe(kind)
  return outcome as Extract<ImportOutcome, { kind: K }>
}

/** Everything that is remembered, to see that nothing changed. */
async function everything() {
  const { rows } = await database.identities.list(Page.parse({ limit: 100 }))
  const folder = join(home, 'vault')
  const sealed = (await vault.ids('private-key')).length === 0 ? [] : readdirSync(folder).sort()
  const activity = await database.activity.list(Page.parse({ limit: 100 }))
  return { rows, sealed, activity, issuers: await database.certificates.authorities() }
}

async function fails(bringing: Promise<ImportOutcome>, code: string, message = /^/u) {
  await expect(bringing).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  expect(await database.operations.unfinished()).toEqual([])
}

describe('a certificate that was asked for', () => {
  it.each<[string, (leaf: string) => Promise<string | Uint8Array>, number]>([
    ['PEM', async (leaf) => leaf, 0],
    ['leaf, intermediate and root', async (leaf) => leaf + walk.chainPem, 2],
    ['root, leaf, intermediate', async (leaf) => walk.rootPem + leaf + walk.intermediatePem, 2],
    ['intermediate first', async (leaf) => walk.intermediatePem + leaf, 1],
    ['text around it', async (leaf) => `Dear Ada,\n\nhere you are:\n${leaf.replace(/\n/gu, '\r\n')}\nYours, Bob`, 0],
    ['DER', (leaf) => converted(walk, leaf, ['x509', '-outform', 'DER']), 0],
    ['p7b', (leaf) => bundled(walk, leaf, 'PEM'), 2],
    ['p7b, binary', (leaf) => bundled(walk, leaf, 'DER'), 2],
  ])('finds its key: %s', async (_wrapping, wrap, issuers) => {
    const { id, pem } = await asked()
    const outcome = expectKind(await bring(await wrap(await walk.issue(pem))), 'imported')
    expect(outcome).toMatchObject({ keyCameAlong: false, unchanged: false })
    expect(outcome.identity).toMatchObject({ id, status: 'issued', keyInVault: true, practice: false })
    expect(outcome.checks.filter(({ outcome: how }) => how === 'fail')).toEqual([])
    const { chain } = await identities.detail(id)
    expect(chain.map(({ issuerCommonName }) => issuerCommonName)).toEqual(Array(issuers).fill('Walkthrough Root'))
    expect(await vault.ids('private-key')).toEqual([id])
  })

  it('and another that waits do not get in each other’s way, in one drop', async () => {
    const ada = await asked('Ada')
    const bob = await asked('Bob')
    const files = [file(await walk.issue(bob.pem), 'client.pem'), file(walk.chainPem, 'ca-chain.pem')]
    const outcome = await identities.import(files, { origin: 'file' })
    expect(expectKind(outcome, 'imported').identity.id).toBe(bob.id)
    expect((await identities.detail(ada.id)).certificate).toBeNull()
  })

  it('may come twice: nothing changes', async () => {
    const { pem } = await asked()
    const leaf = await walk.issue(pem)
    await bring(leaf)
    const before = await everything()
    const [line] = before.activity.rows
    expect(line).toMatchObject({ kind: 'certificate-imported', sentence: expect.stringMatching(/^Issued by .*CN=/u) })
    expect(expectKind(await bring(leaf), 'imported').unchanged).toBe(true)
    expect(await everything()).toEqual(before)
  })

  it('gets the renewed certificate of its issuer, and keeps it when the earlier one comes again', async () => {
    const { id, pem } = await asked()
    const leaf = await walk.issue(pem)
    const sign = ['x509', '-req', '-in', 'renewed.csr', '-CA', 'rootCA.pem', '-CAkey', 'rootCA.key', '-CAcreateserial']
    const unlocked = ['-passin', 'pass:walkthrough-password']
    await walk.openssl(
      'x509',
      '-x509toreq',
      '-in',
      'intermediate.pem',
      '-signkey',
      'intermediate.key',
      ...unlocked,
      '-out',
      'renewed.csr',
    )
    await walk.write('ca.ext', 'basicConstraints = critical, CA:true\n')
    const renewed = await walk.openssl(...sign, ...unlocked, '-extfile', 'ca.ext', '-days', '900')
    await bring(leaf + walk.chainPem)
    const serials = async () => (await identities.detail(id)).chain.map(({ serial }) => serial)
    const before = await serials()
    expect(expectKind(await bring(leaf + renewed), 'imported').unchanged).toBe(false)
    const after = await serials()
    expect(after).toHaveLength(2)
    expect(after[0]).not.toBe(before[0])
    await bring(leaf + walk.chainPem)
    expect(await serials()).toEqual(after)
  })

  it('gets the issuers that come later', async () => {
    const { id, pem } = await asked()
    const leaf = await walk.issue(pem)
    await bring(leaf)
    expect(expectKind(await bring(leaf + walk.chainPem), 'imported').unchanged).toBe(false)
    expect((await identities.detail(id)).chain).toHaveLength(2)
    // And does not lose them when it comes alone once more.
    await bring(leaf)
    expect((await identities.detail(id)).chain).toHaveLength(2)
  })

  describe('gets issuers that come alone', () => {
    const bringIssuers = (content: string) => identities.import([file(content)], { origin: 'file', takesIssuers: true })

    it('where they complete its chain, and nothing else gets them', async () => {
      const ada = await asked('Ada')
      const bob = await asked('Bob')
      await bring(await walk.issue(ada.pem))
      const outcome = expectKind(await bringIssuers(walk.chainPem), 'issuers-added')
      expect(outcome.to).toEqual([{ id: ada.id, name: 'Ada' }])
      expect((await identities.detail(ada.id)).chain).toHaveLength(2)
      expect((await identities.detail(bob.id)).chain).toEqual([])
      const [line] = (await everything()).activity.rows
      expect(line).toMatchObject({ about: 'Ada', sentence: 'The issuers that are sent with it were updated.' })
      await fails(bringIssuers(walk.chainPem), 'certificate-is-authority')
    })

    it('from the chain of another certificate that was added later', async () => {
      const ada = await asked('Ada')
      const bob = await asked('Bob')
      await bring(await walk.issue(ada.pem))
      expect(await identities.renewIssuers(ada.id)).toBe(false)
      await bring((await walk.issue(bob.pem)) + walk.chainPem)
      expect(await identities.renewIssuers(ada.id)).toBe(true)
      expect((await identities.detail(ada.id)).chain).toHaveLength(2)
      expect(await identities.renewIssuers(ada.id)).toBe(false)
      await expect(identities.renewIssuers(IdentityId.parse(randomUUID()))).rejects.toMatchObject({ code: 'not-found' })
    })

    it('but none of another issuer’s', async () => {
      const other = await walkThrough()
      const { pem } = await asked()
      await bring(await walk.issue(pem))
      // Of the same name, with another key.
      await fails(bringIssuers(other.chainPem), 'certificate-is-authority')
      await other.remove()
    })
  })

  it('is renewed with the same key, and not taken back to the older one', async () => {
    const { id, pem } = await asked()
    const older = await walk.issue(pem, 100)
    const newer = await walk.issue(pem, 400)
    const first = expectKind(await bring(older), 'imported')
    const second = expectKind(await bring(newer), 'imported')
    expect(second.identity).toMatchObject({ id, keyInVault: true })
    expect(second.identity.sha256).not.toBe(first.identity.sha256)
    const before = await everything()
    await fails(bring(older), 'already-issued')
    expect(await everything()).toEqual(before)
  })

  it('says what the administrator changed, and still belongs to its key', async () => {
    const { pem } = await asked()
    await walk.write('renamed.csr', pem)
    const sign = ['x509', '-req', '-in', 'renamed.csr', '-CA', 'rootCA.pem', '-CAkey', 'rootCA.key', '-CAcreateserial']
    const changes = ['-days', '1', '-subj', '/CN=Grace']
    const expired = await walk.openssl(...sign, ...changes, '-passin', 'pass:walkthrough-password')
    ahead = 3 * 86_400_000
    const { checks, identity } = expectKind(await bring(expired), 'imported')
    expect(identity.status).toBe('expired')
    const how = Object.fromEntries(checks.map((check) => [check.code, check.outcome]))
    expect(how).toMatchObject({ 'matches-key': 'pass', validity: 'fail', 'subject-as-requested': 'warning' })
  })
})

describe('a PKCS#12', () => {
  const p12 = () => walk.read('client.p12')

  it('asks for its password, again after a wrong one, and then brings key and issuers', async () => {
    const first = expectKind(await bring(await p12()), 'password-needed')
    expect(first).toMatchObject({ fileName: 'file', wrong: false })
    const second = expectKind(await goOn(first.staged, 'a guess'), 'password-needed')
    expect(second.wrong).toBe(true)
    expect((await everything()).rows).toEqual([])
    const { identity, keyCameAlong, checks } = expectKind(await goOn(second.staged, 'from-somebody'), 'imported')
    expect(keyCameAlong).toBe(true)
    expect(checks).toContainEqual(expect.objectContaining({ code: 'maker-had-key', outcome: 'warning' }))
    expect(identity).toMatchObject({ name: 'John Doe', keyInVault: true, status: 'issued' })
    expect((await identities.detail(identity.id)).chain).toHaveLength(2)
    const sealed = Buffer.from(await vault.open('private-key', identity.id))
    const opened = createPrivateKey({ key: sealed, format: 'der', type: 'pkcs8' })
    expect(opened.equals(createPrivateKey(walk.clientKeyPem))).toBe(true)
  })

  it('is forgotten after a quarter of an hour', async () => {
    const { staged } = expectKind(await bring(await p12()), 'password-needed')
    ahead = 15 * 60_000 + 1
    await fails(goOn(staged, 'from-somebody'), 'ticket-expired')
  })

  it('brought twice at the same moment is one certificate', async () => {
    const outcomes = await Promise.all([bring(await p12(), 'from-somebody'), bring(await p12(), 'from-somebody')])
    const ids = outcomes.map((outcome) => expectKind(outcome, 'imported').identity.id)
    expect(new Set(ids).size).toBe(1)
    expect(await vault.ids('private-key')).toEqual([ids[0]])
  })

  it('does not get in while the keyring is locked, and does once it is open', async () => {
    await asked('Ada')
    vault = openVault(home, keyring.keyring)
    build()
    keyring.become('locked')
    const before = await everything()
    await fails(bring(await p12(), 'from-somebody'), 'keyring-locked')
    expect(await everything()).toEqual(before)
    keyring.become('open')
    expectKind(await bring(await p12(), 'from-somebody'), 'imported')
  })
})

describe('a certificate whose key is not here', () => {
  it('names the requests that wait, and gets in with its key file', async () => {
    const ada = await asked('Ada')
    const foreign = expectKind(await bring(walk.clientPem + walk.chainPem), 'no-matching-key')
    expect(foreign.certificate.commonName).toBe('John Doe')
    expect(foreign.waiting.map(({ id, name }) => ({ id, name }))).toEqual([{ id: ada.id, name: 'Ada' }])
    expect((await everything()).rows).toHaveLength(1)

    const outcome = expectKind(await bring(walk.clientKeyPem, null, foreign.staged), 'imported')
    expect(outcome).toMatchObject({ keyCameAlong: false, unchanged: false })
    expect(outcome.identity).toMatchObject({ name: 'John Doe', keyInVault: true })
    expect((await identities.detail(outcome.identity.id)).chain).toHaveLength(2)
  })

  it('gets in with a key file that wants a password', async () => {
    const { staged } = expectKind(await bring(walk.clientPem), 'no-matching-key')
    const locked = expectKind(await bring(await walk.read('locked.key'), null, staged), 'password-needed')
    expectKind(await goOn(locked.staged, 'key-word'), 'imported')
  })

  it('still waits after a key that does not fit, and after a file that is none', async () => {
    const { staged } = expectKind(await bring(walk.clientPem), 'no-matching-key')
    await fails(bring('nonsense', null, staged), 'unsupported-format')
    const wrongKey = await walk.openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256')
    const again = expectKind(await bring(wrongKey, null, staged), 'no-matching-key')
    expectKind(await bring(walk.clientKeyPem, null, again.staged), 'imported')
  })
})

describe('a file of which a part cannot be read', () => {
  const broken = (pem: string) => pem.replace(/\n.{64}\n/u, '\n')

  it('gets in with what can be read, when that is enough', async () => {
    const file = walk.clientPem + walk.clientKeyPem + broken(walk.rootPem)
    expect(expectKind(await bring(file), 'imported').identity).toMatchObject({ name: 'John Doe', keyInVault: true })
  })

  it('says what is broken when the key is missing for it', async () => {
    await fails(bring(walk.clientPem + broken(walk.clientKeyPem)), 'malformed')
    expect((await everything()).rows).toEqual([])
  })

  it('asks for the password of the key beside its certificate', async () => {
    const file = walk.clientPem + (await walk.read('locked.key')).toString('latin1')
    const { staged } = expectKind(await bring(file), 'password-needed')
    expect(expectKind(await goOn(staged, 'key-word'), 'imported').keyCameAlong).toBe(true)
  })
})

describe('files that cannot be read, beside one that can', () => {
  const together = (...files: [string, string][]) =>
    identities.import(
      files.map(([name, content]) => file(content, name)),
      { origin: 'file' },
    )

  it('do not keep it out, and are named', async () => {
    const damaged = walk.rootPem.slice(0, 400)
    const outcome = expectKind(
      await together(
        ['README.txt', 'Dear Ada, here is your certificate.'],
        ['client.pem', walk.clientPem + walk.clientKeyPem],
        ['root.pem', damaged],
      ),
      'imported',
    )
    expect(outcome.unread).toMatchObject([
      { where: 'README.txt', code: 'unsupported-format' },
      { where: 'root.pem', code: 'malformed' },
    ])
    expect(await identities.detail(outcome.identity.id)).toMatchObject({ summary: { keyInVault: true } })
  })

  it('are still named when the others waited for a password', async () => {
    const locked: [string, string] = ['locked.key', (await walk.read('locked.key')).toString('latin1')]
    const waiting = await together(['README.txt', 'words'], locked, ['client.pem', walk.clientPem])
    const outcome = expectKind(await goOn(expectKind(waiting, 'password-needed').staged, 'key-word'), 'imported')
    expect(outcome.unread).toMatchObject([{ where: 'README.txt' }])
  })

  it('may stay closed', async () => {
    const client: [string, string] = ['client.pem', walk.clientPem + walk.clientKeyPem]
    const locked: [string, string] = ['locked.key', (await walk.read('locked.key')).toString('latin1')]
    const { staged } = expectKind(await together(locked, client), 'password-needed')
    const outcome = await identities.import([], { origin: 'file', staged, leaveClosed: true })
    expect(expectKind(outcome, 'imported').unread).toEqual([
      { where: 'locked.key', code: 'password-needed', detail: null },
    ])
  })

  it('may have held its key: a damaged one is what is wrong, another kind of file is said beside the question', async () => {
    const client: [string, string] = ['client.pem', walk.clientPem]
    await fails(together(client, ['client.key', walk.clientKeyPem.slice(0, 400)]), 'malformed', /client\.key/u)
    const outcome = expectKind(await together(client, ['old.ppk', 'PuTTY-User-Key-File-3: ssh-rsa']), 'no-matching-key')
    expect(outcome.unread).toMatchObject([{ where: 'old.ppk', detail: expect.stringContaining('PuTTY') }])
  })

  it('alone are the error of the first, which is named', async () => {
    const readme: [string, string] = ['README.txt', 'words']
    await fails(together(readme, ['root.pem', walk.rootPem.slice(0, 400)]), 'unsupported-format', /README\.txt: /u)
    await fails(together(readme), 'unsupported-format', /README\.txt: /u)
    expect((await everything()).rows).toEqual([])
  })
})

describe('a file that is of no use changes nothing', () => {
  it.each<[string, () => Promise<string | Uint8Array> | string | Uint8Array, string]>([
    ['the CA’s own certificate', () => walk.intermediatePem, 'certificate-is-authority'],
    ['the whole chain without the leaf', () => walk.chainPem, 'certificate-is-authority'],
    ['a key alone', () => walk.clientKeyPem, 'nothing-usable'],
    ['a request', () => walk.read('client.csr'), 'nothing-usable'],
    ['nothing', () => '', 'file-empty'],
    ['blanks', () => ' \r\n\t ', 'file-empty'],
    ['words', () => 'not a certificate', 'unsupported-format'],
    ['a web page', () => '<!doctype html><html>Sign in</html>', 'unsupported-format'],
    ['random bytes', () => Buffer.from(systemRandom.bytes(2000)).fill(0x07, 0, 1), 'unsupported-format'],
    ['a certificate cut off', async () => (await walk.openssl('x509', '-in', 'client.pem')).slice(0, 400), 'malformed'],
    ['twenty megabytes', () => Buffer.alloc(20 * 1024 * 1024, 0x30), 'too-large'],
  ])('%s', async (_what, content, code) => {
    await asked()
    const before = await everything()
    await fails(bring(await content()), code)
    expect(await everything()).toEqual(before)
  })
})

describe('an import that is cancelled', () => {
  it('leaves everything as it was, also a file that was waiting for its password', async () => {
    const closed = expectKind(await bring(await walk.read('client.p12')), 'password-needed')
    const before = await everything()
    const signal = AbortSignal.abort()
    const goingOn = { origin: 'file', password: 'from-somebody', staged: closed.staged, signal } as const
    await fails(identities.import([], goingOn), 'cancelled')
    expect(await everything()).toEqual(before)
    expectKind(await goOn(closed.staged, 'from-somebody'), 'imported')
  })
})
