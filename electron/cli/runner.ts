import { homedir } from 'node:os'
import type { Jobs } from '#electron/jobs/jobs'
import { createJobs } from '#electron/jobs/pool'
import type { ProcessChannel } from '#electron/platform/channel'
import { readEnvironment } from '#electron/platform/environment'
import { hasRecords, openLog, ownPaths } from '#electron/platform/home'
import { recordBug } from '#electron/platform/log'
import { createOtherVersions } from '#electron/platform/other-versions'
import type { FileServices } from '#electron/services/file-services'
import type { Services } from '#electron/services/services'
import type { Keyring } from '#electron/vault/keyring'
import { createRemoteKeyring } from '#electron/vault/remote-keyring'
import { isAppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { type ExitCode, exitCodes } from './exit-codes'
import type { Installation } from './installation'
import { type Outcome, printError, printOutcome, printProgress } from './output'
import { namingWeak, passphraseWithMark, readSecret } from './secrets'
import type { Terminal } from './terminal'

export interface CommonOptions {
  json?: boolean
  passphraseFile?: string
}

/**
 * What a command opens: only its input files, without creating Latchkey's folder; the records, or only files if there are no
 * records yet; the same and, if there is one, the stored API token; the records in any case; the records and, if there is a
 * vault, the journal key that signs operations; or the records and the private keys.
 */
export type Needs = 'nothing' | 'records-if-any' | 'api-token' | 'records' | 'journal' | 'keys'

interface ServicesFor {
  nothing: FileServices
  'records-if-any': Services | FileServices
  'api-token': Services | FileServices
  records: Services
  journal: Services
  keys: Services
}

/** For output before the outcome. */
interface Reporter {
  /** Prints progress to standard error, and nothing with `--json`. */
  say(text: string): void
  /** Prints the outcome of a command that keeps running. With `--json`, nothing is printed after it. */
  print(outcome: Outcome): void
}

export interface Runner {
  /** Opens what the command needs, prints its outcome or error, and closes everything. */
  run<N extends Needs>(
    command: string,
    options: CommonOptions,
    needs: N,
    act: (services: ServicesFor[N], reporter: Reporter) => Promise<Outcome>,
  ): Promise<void>
  exitCode(): ExitCode
  /** Whether the package is complete that this command belongs to. Null in a clone. */
  installation(): Promise<Installation | null>
}

/** How the CLI starts the processes that are its own, and looks at the package that it belongs to. */
export interface Surroundings {
  startJobs(): ProcessChannel
  startKeyring(): ProcessChannel
  installation(): Promise<Installation | null>
}

interface Session<S> {
  open(): Promise<S>
  close(): Promise<void>
}

export function createRunner(terminal: Terminal, { startJobs, startKeyring, installation }: Surroundings): Runner {
  let exitCode: ExitCode = exitCodes.fine
  const openJobs = () => createJobs(startJobs)

  const sessions: { [N in Needs]: (command: string, options: CommonOptions) => Session<ServicesFor[N]> } = {
    nothing: (command) => filesSession(terminal, command, openJobs()),
    'records-if-any': (command, options) => sessions[hasRecords() ? 'records' : 'nothing'](command, options),
    'api-token': (command, options) =>
      hasRecords() ? withApiToken(command, options) : sessions.nothing(command, options),
    records: (command) => session(command, async () => undefined),
    journal: (command, options) => session(command, (services) => unlock(services, options, 'journal')),
    keys: (command, options) =>
      session(command, async (services) => {
        await unlock(services, options, 'keys')
        // Earlier versions did not store an issuer’s certificate with its key.
        await services.authorities.keepCertificates()
      }),
  }

  const withApiToken = (command: string, options: CommonOptions) =>
    session(command, async (services) => {
      if (await services.cloudflare.hasStoredToken()) await unlock(services, options, 'keys')
    })

  function session(command: string, prepare: (services: Services) => Promise<void>): Session<Services> {
    const keyring = createRemoteKeyring(startKeyring)
    let services: Services | null = null
    return {
      async open() {
        const otherWindow = createOtherVersions(ownPaths().home).windowNote()
        if (otherWindow !== null) printProgress(terminal, `! ${otherWindow}`)
        services = await openServices(keyring, openJobs())
        for (const note of services.home.notes()) printProgress(terminal, `! ${note}`)
        await prepare(services)
        return services
      },
      async close() {
        if (services !== null && command !== 'interrupted') await reportInterrupted(terminal, services)
        await services?.close()
        keyring.end()
      },
    }
  }

  return {
    async run(command, options, needs, act) {
      const { open, close } = sessions[needs](command, options)
      const asJson = options.json === true
      let isPrinted = false
      const print = (outcome: Outcome) => {
        // With --json, a script expects exactly one object.
        if (!(asJson && isPrinted)) printOutcome(terminal, command, asJson, outcome)
        isPrinted = true
      }
      const say = asJson ? () => {} : (text: string) => printProgress(terminal, text)
      try {
        const outcome = await act(await open(), { say, print })
        print(outcome)
        exitCode = outcome.exitCode
      } catch (error) {
        if (!isAppError(error) || error.code === 'internal') recordHere(terminal, command, error)
        exitCode = printError(terminal, command, asJson && !isPrinted, error)
      } finally {
        await close()
      }
    },
    exitCode: () => exitCode,
    installation,
  }
}

/** For commands that need neither records nor keys. */
function filesSession(terminal: Terminal, command: string, jobs: Jobs): Session<FileServices> {
  const onBug = (error: unknown) => recordHere(terminal, command, error)
  const environment = readEnvironment()
  return {
    open: async () => (await import('#electron/composition')).composeFiles({ jobs, environment, onBug }),
    close: () => jobs.close(),
  }
}

function recordHere(terminal: Terminal, command: string, error: unknown): void {
  const paths = ownPaths()
  recordBug(openLog(paths), error, { operation: command })
  if (paths.refusal === null) terminal.err(`This is a bug in Latchkey. Details are in ${paths.log}.\n`)
}

async function openServices(keyring: Keyring, jobs: Jobs): Promise<Services> {
  const [{ compose, withoutWindow }, { openLocalDatabase }] = await Promise.all([
    import('#electron/composition'),
    import('#electron/database/local'),
  ])
  const paths = ownPaths()
  const log = openLog(paths)
  return compose({
    paths,
    environment: readEnvironment(),
    userHome: homedir(),
    jobs,
    log,
    keyring,
    openDatabase: async (home) => openLocalDatabase(home, log),
    ...withoutWindow,
  })
}

/** Printed to standard error even with `--json`, whose object holds only the result of the command. */
async function reportInterrupted(terminal: Terminal, { interrupted }: Services): Promise<void> {
  const count = await interrupted.count().catch(zeroIfUnreadable)
  if (count === 0) return
  const isAre = count === 1 ? 'is' : 'are'
  printProgress(terminal, `! ${countOf(count, 'interrupted change')} ${isAre} not run; see “latchkey interrupted”`)
}

/** The command has already succeeded or reported its own error; a failure to count must not add another. */
function zeroIfUnreadable(error: unknown): number {
  if (isAppError(error)) return 0
  throw error
}

/** Tries the keyring first, and asks for the passphrase only if the keyring cannot unlock the vault. */
async function unlock(services: Services, options: CommonOptions, needs: 'keys' | 'journal'): Promise<void> {
  const state = await services.vault.unlock(null).catch((error: unknown) => {
    // The operation is then not signed, but one that uses no key can still run.
    if (needs === 'journal' && isAppError(error, 'vault-damaged')) return null
    throw error
  })
  if (state === null) return
  if (state.state === 'unlocked' || (state.state === 'new' && state.keyring === 'usable')) return
  if (state.state === 'key-lost' && !state.hasPassphrase) return
  if (state.state === 'new' && needs === 'journal') return
  const passphrase = await readSecret({
    file: options.passphraseFile,
    variable: 'LATCHKEY_PASSPHRASE',
    question: state.state === 'new' ? 'New passphrase for your keys: ' : 'Passphrase for your keys: ',
  })
  if (passphrase === null) return // The command then fails with an error that names the remedy.
  if (state.state === 'new')
    await namingWeak('the vault’s passphrase: --passphrase-file or LATCHKEY_PASSPHRASE', () =>
      services.vault.create(passphrase),
    )
  else
    await services.vault.unlock(passphrase).catch(async (error: unknown) => {
      const earlier = isAppError(error, 'passphrase-wrong') ? await passphraseWithMark(options.passphraseFile) : null
      if (earlier === null) throw error
      return services.vault.unlock(earlier)
    })
}
