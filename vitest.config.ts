import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { leftOn, type SampledSuite } from './test/support/files-of-today.ts'
import { isSample, partOfToday, today } from './test/support/rounds.ts'

// `npm run soak`: as many random inputs as somebody has an afternoon for.
const isSoak = process.env['LATCHKEY_SOAK'] === '1'
const patient = isSoak ? { testTimeout: 14_400_000 } : {}

const eachFile = ['test/support/each-file.ts']

const project = (name: string, include: string[], extra = {}) => ({
  // Options of the whole configuration, `define` among them, reach a project only by extending it.
  extends: true as const,
  test: {
    name,
    include,
    environment: 'node' as const,
    // They only end what hangs: on two cores that many programs share, what takes a second may take a minute.
    testTimeout: 240_000,
    hookTimeout: 300_000,
    setupFiles: eachFile,
    ...extra,
    ...patient,
  },
})

const leftToAnotherDay = (suite: SampledSuite): string[] => (isSample ? leftOn(today, suite) : [])

/** They share one machine-wide thing (a keyring, a screen, a Wine prefix), so their files take turns. */
const inTurn = { fileParallelism: false }

/** Loading every module again for each of 180 files takes longer than most of them. Nothing may be left in a module by a test. */
const sharedModules = { isolate: false }

/**
 * Long tests whose subject uses no cryptography, TLS or file system of the runtime, or uses only what shorter tests cover there.
 * On Electron's own Node they run in `npm run soak -- boring`.
 */
const sameOnEveryNode = [
  'test/unit/electron/cfssl/name-pattern*.test.ts',
  'test/unit/electron/pki/containers/{budget,mutations,text/*}.test.ts',
  'test/unit/electron/pki/{describe/corpus,x509/openssl,x509/properties}.test.ts',
  'test/unit/electron/services/authorities/crl-{any-clock,clock}.test.ts',
  'test/unit/electron/services/{journal,operations-killed}.test.ts',
  'test/unit/shared/logic/report/commands.test.ts',
  'test/unit/shared/logic/redact-planted.test.ts',
]

/**
 * Their subject uses no cryptography of the runtime, or through `pki/`, `vault/` and `probe/` alone: on Electron's own Node,
 * `npm test` runs a twelfth of these files a day, and a sixth of all others.
 */
const seldomDifferent = [
  'electron/cfssl',
  'electron/cli',
  'electron/cloudflare',
  'electron/database',
  'electron/lab',
  'electron/main',
  'electron/pki/interop',
  'electron/platform',
  'electron/services',
  'electron/stores',
  'shared',
]

const filesIn = (folder: string): string[] =>
  readdirSync(`test/unit/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `test/unit/${folder}/${name}`)

const waitsForTomorrow = (): string[] => {
  const seldom = new Set(seldomDifferent.flatMap(filesIn))
  const others = ['electron', 'shared'].flatMap(filesIn).filter((file) => !seldom.has(file))
  const today = new Set([...partOfToday([...seldom], 12), ...partOfToday(others, 6)])
  return [...seldom, ...others].filter((file) => !today.has(file))
}

// The unit tests once more on Electron's own Node with BoringSSL. vitest itself does not start there, but its forks do,
// and `fork` takes the executable from here.
const electron = process.env['LATCHKEY_BORING']
if (electron !== undefined) {
  process.execPath = electron
  process.env['ELECTRON_RUN_AS_NODE'] = '1'
}

/** One project for each kind of proof; `npm test -- unit` runs one of them. */
export default defineConfig({
  define: {
    __LATCHKEY_VERSION__: JSON.stringify('0.0.0-test'),
    __LATCHKEY_UPDATE_FEED__: '""',
    __LATCHKEY_UPDATE_KEY__: '""',
  },
  test: {
    pool: 'forks',
    // vitest leaves one core free for itself; on a machine with two that would be half of it.
    maxWorkers: availableParallelism(),
    // Two runs go on side by side, and nothing of the last one is wanted in the next.
    cache: false,
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], { ...sharedModules, exclude: leftToAnotherDay('unit') }),
      project(
        'boring',
        ['test/unit/electron/**/*.test.ts', 'test/unit/shared/**/*.test.ts', 'test/connection/**/*.test.ts'],
        {
          ...sharedModules,
          ...(isSoak ? {} : { exclude: [...sameOnEveryNode, ...waitsForTomorrow()] }),
          setupFiles: [...eachFile, 'test/support/on-electron.ts'],
        },
      ),
      project('contract', ['test/contract/**/*.test.ts'], sharedModules),
      project('connection', ['test/connection/**/*.test.ts'], inTurn),
      project('stores', ['test/stores/**/*.test.ts', 'test/native/**/*.test.ts'], {
        ...inTurn,
        exclude: leftToAnotherDay('stores'),
      }),
      project('cli', ['test/cli/**/*.test.ts'], {
        ...inTurn,
        exclude: leftToAnotherDay('cli'),
      }),
      project('package', ['test/package/**/*.test.ts'], { ...inTurn, hookTimeout: 900_000 }),
      project('crash', ['test/crash/**/*.test.ts'], {
        ...inTurn,
        testTimeout: 900_000,
        exclude: leftToAnotherDay('crash'),
      }),
    ],
  },
})
