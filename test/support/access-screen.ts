import { join } from 'node:path'
import { createCloudflareApi } from '#electron/cloudflare/client'
import { createPracticeApi } from '#electron/cloudflare/practice/api'
import { createPracticeStore } from '#electron/cloudflare/practice/store'
import { openLocalDatabase } from '#electron/database/local'
import { askServer } from '#electron/platform/ask-server'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import type { CaTester } from '#electron/services/cloudflare/ca-test'
import { createCloudflare } from '#electron/services/cloudflare/index'
import { nothingKnown } from '#electron/services/cloudflare/local-knowledge'
import { createAccessScreen } from '#electron/services/cloudflare/screen'
import { createStoredToken } from '#electron/services/cloudflare/stored-token'
import type { CloudflareDouble } from './cloudflare/double'
import type { memoryKeyring } from './keyring'
import { openVault } from './vault'

interface ScreenParts {
  home: string
  double: CloudflareDouble
  /** Of the issuer here, and of everything else that is asked for. */
  pem: string
  keyring: ReturnType<typeof memoryKeyring>['keyring']
  /** What has to be closed after the test. */
  closing: (() => Promise<void>)[]
  testCa: CaTester | null
}

/** What the window has of Access, as one process sees it. Opened again in the same home, it is the next start. */
export function openAccessScreen({ home, double, pem, keyring, closing, testCa }: ScreenParts) {
  const database = openLocalDatabase(home)
  closing.push(() => database.close())
  const vault = openVault(home, keyring)
  const changed = () => undefined
  const store = createPracticeStore(home, database.tryLock)
  const cloudflare = createCloudflare({
    openApi: async (input) =>
      createCloudflareApi({ ...input, askServer, clock: systemClock, wait: async () => undefined, base: double.base }),
    clock: systemClock,
    wait: async () => double.later(2000),
    local: async () => nothingKnown,
    issuerCertificates: async () => [],
    stored: createStoredToken({ vault, database, clock: systemClock, changed }),
    looks: database.accessLooks,
    openPractice: async ({ signal }) => createPracticeApi({ store, clock: systemClock, random: systemRandom, signal }),
    readings: database.accessReadings,
    testCa,
  })
  const screen = createAccessScreen({
    cloudflare,
    database,
    clock: systemClock,
    random: systemRandom,
    changed,
    folder: join(home, 'access'),
    local: async () => nothingKnown,
    issuerCertificates: async () => [],
    identityPem: async () => pem,
    issuedPem: async () => pem,
    issuerChain: async () => ({ name: 'New', pem }),
    certificatesIn: async () => [],
  })
  return { screen, database }
}
