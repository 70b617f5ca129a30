import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { readEnvironment } from '#electron/platform/environment'
import { silentLog } from '#electron/platform/log'
import { createProgramSearch } from '#electron/platform/programs'
import { createRun } from '#electron/platform/run'
import { createStoredCertificates } from '#electron/services/stored-certificates'
import { createStores } from '#electron/stores/index'
import type { StoreReader } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import { KeyCode } from '#shared/model/key'
import { chromeFolder, firefoxFolder, putIntoNss } from '../../../support/foreign-identity'
import { temporaryFolder } from '../../../support/home'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { identityRow } from '../../../support/rows'

let walk: Walkthrough
let stores: StoreReader[]
beforeAll(async () => {
  walk = await walkThrough()
  const home = temporaryFolder()
  await putIntoNss(walk, chromeFolder(home))
  await putIntoNss(walk, firefoxFolder(home))
  // A server’s certificate with its key is nobody’s way to sign in.
  await walk.openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.pem', '-days', '90'],
    ...['-subj', '/CN=server.example', '-addext', 'extendedKeyUsage=serverAuth'],
  )
  await walk.openssl(
    ...['pkcs12', '-export', '-in', 'server.pem', '-inkey', 'server.key', '-name', 'server', '-out', 'server.p12'],
    ...['-passout', 'pass:secret'],
  )
  const folder = `sql:${chromeFolder(home)}`
  await walk.run('pk12util', ['-i', walk.path('server.p12'), '-d', folder, '-W', 'secret', '-K', ''])
  stores = createStores({
    run: createRun(silentLog),
    hasProgram: createProgramSearch(),
    log: silentLog,
    home,
    environment: readEnvironment({}),
    chromiumMajor: 114,
    temporaryPrefix: 'latchkey-stored-test',
  })
})
afterAll(() => walk.remove())

function start(given: readonly StoreReader[] = stores) {
  const database = openLocalDatabase(temporaryFolder())
  let now = new Date('2026-11-25T09:00:00Z')
  let reads = 0
  const counted = given.map((store) => ({
    ...store,
    list() {
      reads += 1
      return store.list()
    },
  }))
  const service = createStoredCertificates({ database, stores: counted, clock: { now: () => now } })
  const pass = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  return { ...service, database, pass, reads: () => reads }
}

describe('the certificates of others', () => {
  it('are listed once, with every store that has them, who reads it there, and whether the key is beside it', async () => {
    const { certificates, unreadStores } = await start().list()
    expect(unreadStores).toEqual([])
    expect(certificates).toHaveLength(1)
    const [john] = certificates
    expect(john?.certificate).toMatchObject({ commonName: 'John Doe' })
    expect(john?.certificate.pem.replaceAll('\r', '').trim()).toBe(readFileSync(walk.path('client.pem'), 'utf8').trim())
    expect(john?.chain.length).toBeGreaterThan(0)
    expect(john?.testable).toBe(true)
    expect(john?.places).toMatchObject([
      { store: 'nss-user', keyPresent: true, readBy: expect.arrayContaining(['Google Chrome', 'Latchkey']) },
      { name: 'Firefox (default)', keyPresent: true, readBy: ['Firefox'] },
    ])
  })

  it('cannot be tested as the browser where only Firefox has them', async () => {
    const { certificates } = await start(stores.filter(({ id }) => id.startsWith('firefox'))).list()
    expect(certificates.map(({ testable }) => testable)).toEqual([false])
  })

  it('are no longer listed once Latchkey has their key’s certificate itself', async () => {
    const { list, database } = start()
    const [john] = (await list()).certificates
    const keyCode = KeyCode.parse(john?.certificate.keyCode)
    await database.identities.insert(identityRow('John Doe', { keyCode }))
    expect((await list()).certificates).toEqual([])
  })

  it('of a store that cannot be read are missing, and the store is named', async () => {
    const broken: StoreReader[] = stores.map((store) => ({
      ...store,
      list: () => (store.id === 'nss-user' ? Promise.reject(new AppError('store-failed')) : store.list()),
    }))
    const { certificates, unreadStores } = await start(broken).list()
    expect(unreadStores).toEqual(['Chrome and Chromium'])
    expect(certificates[0]?.places).toHaveLength(1)
  })

  it('are said to be without their key where the store does not show it', async () => {
    const closed: StoreReader[] = stores.map((store) => ({
      ...store,
      list: async () => (await store.list()).map((one) => ({ ...one, keyPresent: false })),
    }))
    const [john] = (await start(closed).list()).certificates
    expect(john?.testable).toBe(false)
    expect(john?.places.map(({ keyPresent }) => keyPresent)).toEqual([false, false])
  })

  it('are read again after ten minutes, after a change, and whenever somebody looks', async () => {
    const { list, recent, forget, pass, reads } = start()
    await list()
    const once = reads()
    await recent()
    pass(9)
    await recent()
    expect(reads()).toBe(once)
    pass(1)
    await recent()
    expect(reads()).toBe(2 * once)
    forget()
    await recent()
    expect(reads()).toBe(3 * once)
    await list()
    expect(reads()).toBe(4 * once)
    // A clock that was set back keeps nothing alive.
    pass(-60)
    await recent()
    expect(reads()).toBe(5 * once)
  })
})
