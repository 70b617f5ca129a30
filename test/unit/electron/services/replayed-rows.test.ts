import { X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database, OperationRow } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemRandom } from '#electron/platform/random'
import type { Vault } from '#electron/vault/vault'
import { RequestDraft } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { named } from '../../../support/certificates'
import { openHolder } from '../../../support/holder'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { memoryStore } from '../../../support/memory-store'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { openVault } from '../../../support/vault'

/**
 * A MAC shows that a row is ours, not that it is still to be done: whoever can write to the folder can put a row back that
 * was finished. Then nothing may come of it but what its own operation did.
 */
let walk: Walkthrough
let database: Database
let vault: Vault
let place: ReturnType<typeof memoryStore>
let app: ReturnType<typeof openHolder>
let written: OperationRow[]

beforeAll(async () => {
  walk = await walkThrough()
})
afterAll(() => walk.remove())
beforeEach(() => {
  const home = temporaryFolder()
  const opened = openLocalDatabase(home)
  written = []
  database = { ...opened, operations: copying(opened) }
  vault = openVault(home, memoryKeyring().keyring)
  place = memoryStore()
  app = openHolder(database, vault, place.store)
})
afterEach(() => database.close())

/** Somebody copies every state of every row. */
function copying({ operations }: Database): Database['operations'] {
  const copied = async (act: Promise<void>) => {
    await act
    written.push(...(await operations.unfinished()))
  }
  return {
    ...operations,
    begin: (row) => copied(operations.begin(row)),
    advance: (progress) => copied(operations.advance(progress)),
  }
}

async function request(name: string): Promise<IdentityId> {
  const draft = RequestDraft.parse({ subject: named(name), algorithm: 'p-256' })
  return (await app.identities.request(draft)).id
}

async function issue(identity: IdentityId): Promise<Uint8Array> {
  const { pem } = await app.identities.requestFile(identity)
  const issued = await walk.issue(pem)
  const file = { name: 'client.pem', bytes: Buffer.from(issued + walk.intermediatePem + walk.rootPem) }
  await app.identities.import([file], { origin: 'file' })
  return new X509Certificate(issued).raw
}

async function everything() {
  const ids = await database.identities.ids()
  const installs = (await Promise.all(ids.map((id) => database.installs.ofIdentity(id)))).flat()
  return { ids, installs, keys: (await vault.ids('private-key')).sort(), store: place.content() }
}

/** Puts every row back, one at a time, as it once stood, and starts anew. */
async function putBackEach(rows: OperationRow[]): Promise<void> {
  for (const row of rows) {
    await database.operations.begin(row)
    await app.recover()
    expect(await database.operations.unfinished()).toEqual([])
  }
}

const rowsOf = (kind: string) => written.filter((row) => row.kind === kind)

describe('a finished row that is put back', () => {
  it.each(['request', 'import', 'install'])('of “%s” changes nothing', async (kind) => {
    const ada = await request('Ada')
    await issue(ada)
    await app.installs.install(ada, place.store.id, 'authority')
    const before = await everything()
    const rows = rowsOf(kind)
    expect(rows.length).toBeGreaterThan(1)
    await putBackEach(rows)
    expect(await everything()).toEqual(before)
  })

  it('of a removal takes out what was to be removed, and whatever the records say now, no other key', async () => {
    const [ada, grace] = [await request('Ada'), await request('Grace')]
    for (const identity of [ada, grace]) {
      await issue(identity)
      await app.installs.install(identity, place.store.id, 'none')
    }
    const [ofAda] = await database.installs.ofIdentity(ada)
    if (ofAda === undefined) throw new Error('Ada is not installed')
    await app.installs.remove(ofAda.id)
    const before = await everything()
    // The record of Ada's install, put back as if it were of Grace's certificate.
    await database.installs.upsert({ ...ofAda, identity: grace })
    await putBackEach(rowsOf('remove'))
    expect(await everything()).toEqual(before)
  })

  it('of a deletion touches no other certificate', async () => {
    const [ada, grace] = [await request('Ada'), await request('Grace')]
    await issue(grace)
    await app.delete(ada)
    const before = await everything()
    await putBackEach(rowsOf('delete'))
    expect(await everything()).toEqual(before)
    expect(before.ids).toEqual([grace])
  })

  it('leaves a key that was made since', async () => {
    const ada = await request('Ada')
    const rows = rowsOf('request')
    await vault.seal('private-key', systemRandom.uuid(), Buffer.from('another'))
    await app.delete(ada)
    const before = await everything()
    await putBackEach(rows)
    expect(await everything()).toEqual(before)
  })
})
