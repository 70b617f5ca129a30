import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import { issueAsRequested } from '#electron/pki/authority/client'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { decodePem } from '#electron/pki/containers/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createIdentities, type Identities } from '#electron/services/identities/index'
import { createOperations } from '#electron/services/operations'
import { RequestDraft } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { named } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { noPolicy } from '../../../support/policy'
import { openVault } from '../../../support/vault'

/** What arrives for a request of a set-up file, against the CAs that the file named. */
let database: Database
let identities: Identities
/** Both are called “Acme CA”. */
let acme: NewAuthority
let impostor: NewAuthority

const now = new Date()
beforeEach(async () => {
  const home = temporaryFolder()
  database = openLocalDatabase(home)
  const vault = openVault(home, memoryKeyring().keyring)
  const log = { info() {}, warn() {}, error() {} }
  const ports = { database, clock: systemClock, random: systemRandom, changed() {} }
  const operations = createOperations({ ...ports, journal: journalOf(database, vault), log })
  identities = createIdentities({ ...ports, vault, jobs: inlineJobs(), operations, policy: noPolicy })
  acme = await createRoot({ subject: named('Acme CA'), algorithm: 'p-256', days: 100, now })
  impostor = await createRoot({ subject: named('Acme CA'), algorithm: 'p-256', days: 100, now })
})
afterEach(() => database.close())

const draft = RequestDraft.parse({ subject: { commonName: 'Ada' }, algorithm: 'p-256' })
const request = async () =>
  (await identities.request(draft, { namedIssuers: [certificateSha256(acme.certificate)] })).id

async function arrives(id: IdentityId, issuer: NewAuthority, ...more: Uint8Array[]) {
  const [asked] = decodePem((await identities.requestFile(id)).pem)
  const certificate = await issueAsRequested({
    requestDer: asked?.der ?? new Uint8Array(),
    issuerCertificate: issuer.certificate,
    issuerKey: issuer.pkcs8,
    days: 20,
    now,
  })
  const files = [certificate, ...more].map((bytes, index) => ({ name: `${index}.der`, bytes: Buffer.from(bytes) }))
  const outcome = await identities.import(files, { origin: 'file' })
  return outcome.kind === 'imported' ? about(outcome.checks) : outcome.kind
}

const about = (checks: { code: string; outcome: string }[]) =>
  checks.filter(({ code }) => /issuer-not|named/u.test(code)).map(({ code, outcome }) => [code, outcome])
const kept = async (id: IdentityId) => about((await identities.detail(id)).checks)

it('is said of the named CA as soon as it arrives, and afterwards', async () => {
  const id = await request()
  expect(await arrives(id, acme, acme.certificate)).toEqual([['named-issuer', 'pass']])
  expect(await kept(id)).toEqual([['named-issuer', 'pass']])
})

it('is said of a CA of the same name with another key, also where the named one lies beside it', async () => {
  const id = await request()
  expect(await arrives(id, impostor, impostor.certificate, acme.certificate)).toEqual([['named-issuer', 'warning']])
  expect(await kept(id)).toEqual([['named-issuer', 'warning']])
})

it('is not known while the issuer is not here, and is once it comes', async () => {
  const id = await request()
  expect(await arrives(id, acme)).toEqual([['issuer-not-compared', 'note']])
  const late = [{ name: 'ca.der', bytes: Buffer.from(acme.certificate) }]
  await identities.import(late, { origin: 'file', takesIssuers: true })
  expect(await kept(id)).toEqual([['named-issuer', 'pass']])
})

it('says nothing where no CA was named', async () => {
  const { id } = await identities.request(draft)
  expect(await arrives(id, impostor, impostor.certificate)).toEqual([])
})
