import { join } from 'node:path'
import { AppError, isAppError } from '#shared/errors'
import { AppPreferences } from '#shared/model/preferences'
import { createPracticeStore } from './cloudflare/practice/store'
import type { Database } from './database/database'
import type { Jobs } from './jobs/jobs'
import { createAnnouncement } from './lab/announcement'
import { askServer } from './platform/ask-server'
import { systemClock } from './platform/clock'
import type { Environment } from './platform/environment'
import { effectiveUser, type HomePaths } from './platform/home'
import { closeFolder, closeOwnFiles } from './platform/home-folder'
import type { Log } from './platform/log'
import { readMachineAccount } from './platform/machine-account'
import { onFirstUse } from './platform/on-first-use'
import { createOtherVersions } from './platform/other-versions'
import { readPolicy } from './platform/policy/read'
import { createPreferences } from './platform/preferences'
import { sweepPrivateFolders } from './platform/private-folders'
import { createProgramSearch } from './platform/programs'
import { systemRandom } from './platform/random'
import { createRun } from './platform/run'
import { systemWait } from './platform/wait'
import { sweepUnfinished } from './platform/write-file'
import type { BrowserVisitor } from './probe/browser'
import type { Probe } from './probe/probe'
import { createProxyFinder } from './probe/proxies'
import type { RootStore } from './probe/store-roots'
import { createTokenKeys, type TokenKeyPorts } from './probe/token-keys'
import type { Changed } from './services/changes'
import { createFileServices, type FileServices } from './services/file-services'
import { createPolicy } from './services/policy'
import type { ProxyFor } from './services/proxy-choice'
import { createServices, type ServicePorts, type Services } from './services/services'
import { createStores } from './stores'
import { createVault } from './vault/create'
import { createVaultFiles } from './vault/files'
import { type Keyring, noKeyring } from './vault/keyring'

export interface CompositionInput {
  paths: HomePaths
  environment: Environment
  userHome: string
  jobs: Jobs
  log: Log
  /** Where the master key is kept, unless the environment switches keyrings off. */
  keyring: Keyring
  /** The database of this folder: beside a window in a thread of its own, otherwise in the caller's. */
  openDatabase(home: string): Promise<Database>
  /** The browser engine to test with, or null in a terminal. */
  visitor: BrowserVisitor | null
  /** What the system says of a proxy for an address; null for the command line, which evaluates no PAC file. */
  systemProxy: ((url: string) => Promise<string>) | null
  /** Decides which NSS database the person's browser reads; null where no browser is running us. */
  chromiumMajor: number | null
  changed: Changed
  /** Whether we hear of it when the screen is locked; never in a terminal. */
  tellsOfLocking: boolean
}

/** What is not there without a window: the command line and the check while the window is closed. */
export const withoutWindow = {
  visitor: null,
  systemProxy: null,
  chromiumMajor: null,
  tellsOfLocking: false,
  changed: () => undefined,
} satisfies Partial<CompositionInput>

/** What works on files alone: nothing is read from Latchkey's folder, and none is made. */
export async function composeFiles(
  input: Pick<CompositionInput, 'environment' | 'jobs'> & { onBug(error: unknown): void },
): Promise<FileServices> {
  const clock = systemClock
  const proxyFor = createProxyFinder({ variables: input.environment.proxies, system: null })
  return createFileServices({
    jobs: input.jobs,
    onBug: input.onBug,
    clock,
    random: systemRandom,
    ...probesOnFirstUse(input.jobs, async () => null, null),
    proxyFor,
    openCloudflare: openCloudflare(input.environment, proxyFor),
    wait: systemWait,
    policy: createPolicy(await readPolicy()),
  })
}

/** Loaded on first use: nothing else needs the SDK. */
const openCloudflare =
  ({ cloudflareApi }: Environment, proxyFor: ProxyFor): ServicePorts['openCloudflare'] =>
  async (input) => {
    const [{ createCloudflareApi }, { apiAddress }, { createAskThroughProxy }, { systemResolver }] = await Promise.all([
      import('./cloudflare/client'),
      import('./cloudflare/sdk'),
      import('./probe/ask-through-proxy'),
      import('./platform/resolver'),
    ])
    return createCloudflareApi({
      ...input,
      askServer: createAskThroughProxy({ askServer, resolver: systemResolver, proxyFor }),
      clock: systemClock,
      wait: systemWait,
      base: cloudflareApi === null ? apiAddress : await standIn(cloudflareApi),
    })
  }

/** Not in a package: there, this fails. */
const standIn = async (address: string) => (await import('./cloudflare/stand-in')).standInAddress(address)

/** Both ways to test, with one memory of the teams' keys; loaded by the first test. */
function probesOnFirstUse(
  jobs: Jobs,
  practice: TokenKeyPorts['practice'],
  visitor: BrowserVisitor | null,
): { direct: Probe; browser: Probe | null; prepare(): Promise<void> } {
  const clock = systemClock
  const tools = { tokenKeys: createTokenKeys({ practice, askServer, clock }), clock, rootStore: rootStore(jobs) }
  const load = () => import('./probe/probes')
  return {
    direct: onFirstUse(async () => (await load()).directProbe(tools)),
    prepare: async () => (await load()).prepareProbes(),
    browser: visitor === null ? null : onFirstUse(async () => (await load()).browserProbe(tools, visitor)),
  }
}

/** Where the engine does not read the system's roots from files. */
function rootStore(jobs: Jobs): RootStore | null {
  const name = storesOfRoots[process.platform]
  if (name === undefined) return null
  return { name, read: (signal) => jobs.run('read-store-roots', {}, { endsProcess: true, signal }) }
}

const storesOfRoots: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the Keychain',
  win32: 'the Windows certificate store',
}

/** Builds everything once, from the outside in; the window and the terminal differ only in what they hand in. */
export async function compose(input: CompositionInput): Promise<Services> {
  const { paths, environment, jobs, log } = input
  if (paths.refusal !== null) throw paths.refusal
  const policy = createPolicy(await readPolicy())
  const folder = await closeOwnFiles(paths.home, paths.isGiven, { me: effectiveUser() })
  await sweepPrivateFolders(privatePrefix)
  await sweepUnfinished(paths.home, homeFiles, systemClock.now())
  const database = await openRecords(input)
  const clock = systemClock
  const random = systemRandom
  const keyring = environment.keyring === 'none' ? noKeyring(input.keyring.name) : input.keyring
  const vault = createVault({ files: createVaultFiles(join(paths.home, 'vault')), keyring, jobs, random, clock })
  let machineAccount: Promise<string | null> | null = null
  const stores = createStores({
    run: createRun(log),
    hasProgram: createProgramSearch(),
    log,
    home: input.userHome,
    environment,
    chromiumMajor: input.chromiumMajor,
    temporaryPrefix: privatePrefix,
  })
  const practiceAccount = createPracticeStore(paths.home, database.tryLock)
  const proxyFor = createProxyFinder({ variables: environment.proxies, system: input.systemProxy })
  const services = createServices({
    database,
    vault,
    machineAccount: () => (machineAccount ??= readMachineAccount()),
    home: { ...folder, path: paths.home, close: () => closeFolder(paths.home) },
    jobs,
    stores,
    async startLab() {
      const [{ createLab }, { createPracticeGate }] = await Promise.all([
        import('./lab'),
        import('./services/cloudflare/practice-gate'),
      ])
      return createLab({ clock, random, gate: createPracticeGate({ store: practiceAccount, clock, random }) })()
    },
    practiceAccount,
    policy,
    pinnedSetupKey: async () => policy.setupKey,
    announcement: createAnnouncement(paths.home),
    preferences: createPreferences(join(paths.home, 'preferences.json'), AppPreferences),
    issueRemotely: async (lab, request) => (await import('./lab/issue')).issueRemotely(lab, request),
    probes: (practice) => probesOnFirstUse(jobs, practice.known, input.visitor),
    proxyFor,
    openCloudflare: openCloudflare(environment, proxyFor),
    wait: systemWait,
    staysUnlocked: input.tellsOfLocking,
    clock,
    random,
    log,
    changed: input.changed,
  })
  await services.home.tell()
  await services.recover()
  await services.addPresetSites()
  return services
}

/** Where the records are too new, both versions are named. */
async function openRecords({ paths: { home }, openDatabase }: CompositionInput): Promise<Database> {
  const versions = createOtherVersions(home)
  try {
    const database = await openDatabase(home)
    await versions.noteOpened()
    return database
  } catch (error) {
    if (!isAppError(error, 'database-too-new')) throw error
    throw new AppError(error.code, [versions.tooNew(), error.detail ?? ''].join(' ').trim())
  }
}

const privatePrefix = 'latchkey'
/** What is written into the home folder itself; the vault sweeps its own folder once it may be touched. */
const homeFiles = /^(practice(-access)?|version|open-window)\.json$/u
