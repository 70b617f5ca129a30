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
import type { IdentityId } from '#shared/model/ids'
import type { Trust } from '#shared/model/store'
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
  const issued = await walk.issue(pem)
  leaf = digest(new X509Certificate(issued).raw)
  const file = { name: 'client.pem', bytes: Buffer.from(issued + walk.intermediatePem + walk.rootPem) }
  await app.identities.import([file], { origin: 'file' })
})
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
async function killedThenRestarted(after: 'restore-trust' | 'restore-certificate', work: () => Promise<unknown>) {
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
