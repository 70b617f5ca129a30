import { join } from 'node:path'
import { AppPreferences } from '#shared/model/preferences'
import { createPracticeStore } from './cloudflare/practice/store'
import { openDatabase } from './database/client'
import type { Jobs } from './jobs/jobs'
import { createLab } from './lab'
import { createAnnouncement } from './lab/announcement'
import { issueRemotely } from './lab/issue'
import { askServer } from './platform/ask-server'
import { systemClock } from './platform/clock'
import type { Environment } from './platform/environment'
import { effectiveUser, type HomePaths } from './platform/home'
import { closeFolder, closeOwnFiles } from './platform/home-folder'
import type { Log } from './platform/log'
import { readMachineAccount } from './platform/machine-account'
import { createPreferences } from './platform/preferences'
import { sweepPrivateFolders } from './platform/private-folders'
import { systemRandom } from './platform/random'
import { systemResolver } from './platform/resolver'
import { createRun } from './platform/run'
import { systemWait } from './platform/wait'
import { sweepUnfinished } from './platform/write-file'
import type { BrowserVisitor } from './probe/browser'
import { createBrowserProbe } from './probe/browser-probe'
import { createDirectProbe } from './probe/direct'
import { withApplicationAnswer } from './probe/metadata'
import type { Probe, TokenKeys } from './probe/probe'
import { createProxyFinder } from './probe/proxies'
import { systemRoots } from './probe/roots'
import { createTokenKeys } from './probe/token-keys'
import type { Changed } from './services/changes'
import { createPracticeGate } from './services/cloudflare/practice-gate'
import { createFileServices, type FileServices } from './services/file-services'
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
  /** The built `database-worker.cjs`. */
  databaseWorker: string
  /** The browser engine to test with, or null in a terminal. */
  visitor: BrowserVisitor | null
  /** What the system says of a proxy for an address; null for the command line, which evaluates no PAC file. */
  systemProxy: ((url: string) => Promise<string>) | null
  /** Decides which NSS database the person's browser reads; null where no browser is running us. */
  chromiumMajor: number | null
  changed: Changed
}

/** What works on files alone: nothing is read from Latchkey's folder, and none is made. */
export function composeFiles(
  input: Pick<CompositionInput, 'environment' | 'jobs'> & { onBug(error: unknown): void },
): FileServices {
  const clock = systemClock
  const tokenKeys = createTokenKeys({ practice: async () => null, askServer, clock })
  const variables = input.environment.proxies
  return createFileServices({
    jobs: input.jobs,
    onBug: input.onBug,
    clock,
    random: systemRandom,
    direct: directProbe(tokenKeys),
    proxyFor: createProxyFinder({ variables, system: null }),
    openCloudflare: openCloudflare(input.environment),
    wait: systemWait,
  })
}

/** Loaded on first use: nothing else needs the SDK. */
const openCloudflare =
  ({ cloudflareApi }: Environment): ServicePorts['openCloudflare'] =>
  async (input) => {
    const [{ createCloudflareApi }, { apiAddress }] = await Promise.all([
      import('./cloudflare/client'),
      import('./cloudflare/sdk'),
    ])
    return createCloudflareApi({
      ...input,
      askServer,
      clock: systemClock,
      wait: systemWait,
      base: apiAddress(cloudflareApi),
    })
  }

function directProbe(tokenKeys: TokenKeys): Probe {
  const dependencies = { resolver: systemResolver, clock: systemClock, tokenKeys, roots: systemRoots }
  return withApplicationAnswer(createDirectProbe(dependencies), dependencies)
}

/** Builds everything once, from the outside in; the window and the terminal differ only in what they hand in. */
export async function compose(input: CompositionInput): Promise<Services> {
  const { paths, environment, jobs, log } = input
  if (paths.refusal !== null) throw paths.refusal
  const folder = await closeOwnFiles(paths.home, paths.isGiven, { me: effectiveUser() })
  await sweepPrivateFolders(privatePrefix)
  await sweepUnfinished(paths.home, homeFiles, systemClock.now())
  const database = await openDatabase({ workerPath: input.databaseWorker, home: paths.home, log })
  const clock = systemClock
  const random = systemRandom
  const keyring = environment.keyring === 'none' ? noKeyring(input.keyring.name) : input.keyring
  const vault = createVault({ files: createVaultFiles(join(paths.home, 'vault')), keyring, jobs, random, clock })
  let machineAccount: Promise<string | null> | null = null
  const stores = createStores({
    run: createRun(log),
    log,
    home: input.userHome,
    environment,
    chromiumMajor: input.chromiumMajor,
    temporaryPrefix: privatePrefix,
  })
  const practiceAccount = createPracticeStore(paths.home)
  const services = createServices({
    database,
    vault,
    machineAccount: () => (machineAccount ??= readMachineAccount()),
    home: { ...folder, path: paths.home, close: () => closeFolder(paths.home) },
    jobs,
    stores,
    startLab: createLab({ clock, random, gate: createPracticeGate({ store: practiceAccount, clock, random }) }),
    practiceAccount,
    announcement: createAnnouncement(paths.home),
    preferences: createPreferences(join(paths.home, 'preferences.json'), AppPreferences),
    issueRemotely,
    probes(practice) {
      const tokenKeys = createTokenKeys({ practice: practice.known, askServer, clock })
      const direct = directProbe(tokenKeys)
      if (input.visitor === null) return { direct, browser: null }
      const browser = createBrowserProbe({ visitor: input.visitor, tokenKeys, clock })
      return {
        direct,
        browser: withApplicationAnswer(browser, { resolver: systemResolver, clock, tokenKeys, roots: systemRoots }),
      }
    },
    proxyFor: createProxyFinder({ variables: environment.proxies, system: input.systemProxy }),
    openCloudflare: openCloudflare(environment),
    wait: systemWait,
    clock,
    random,
    log,
    changed: input.changed,
  })
  await services.home.tell()
  await services.recover()
  return services
}

const privatePrefix = 'latchkey'
/** What is written into the home folder itself; the vault sweeps its own folder once it may be touched. */
const homeFiles = /^practice(-access)?\.json$/u
