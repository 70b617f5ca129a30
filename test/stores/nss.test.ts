import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'vitest'
import { readEnvironment } from '#electron/platform/environment'
import { silentLog } from '#electron/platform/log'
import { createProgramSearch } from '#electron/platform/programs'
import { createRun } from '#electron/platform/run'
import { createStores } from '#electron/stores/index'
import { storeSuite } from './suite'

if (process.platform === 'linux') {
  const capabilities = {
    several: true,
    elliptic: true,
    leafTrust: 'not-needed',
    versionOneTrust: 'not-needed',
    authorityTrust: true,
  } as const
  storeSuite('the database of Chrome and Chromium', createStore, capabilities)
} else {
  it.skip('NSS databases are tested on Linux')
}

async function createStore() {
  const home = await mkdtemp(join(tmpdir(), 'latchkey-nss-'))
  const [store] = createStores({
    run: createRun(silentLog),
    hasProgram: createProgramSearch(),
    log: silentLog,
    home,
    environment: readEnvironment({}),
    chromiumMajor: 150,
    temporaryPrefix: 'latchkey-store-test',
  })
  if (store === undefined) throw new Error('no store')
  return { store, remove: () => rm(home, { recursive: true, force: true }) }
}
