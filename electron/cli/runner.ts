import { homedir } from 'node:os'
import { join } from 'node:path'
import { compose } from '#electron/composition'
import { createJobs } from '#electron/jobs/pool'
import { forkChannel } from '#electron/platform/channel'
import { systemClock } from '#electron/platform/clock'
import { readEnvironment } from '#electron/platform/environment'
import { openLog, ownPaths } from '#electron/platform/home'
import { recordBug } from '#electron/platform/log'
import { createFileServices, type FileServices } from '#electron/services/file-services'
import type { Services } from '#electron/services/services'
import type { Keyring } from '#electron/vault/keyring'
import { createRemoteKeyring } from '#electron/vault/remote-keyring'
import { isAppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { type ExitCode, exitCodes } from './exit-codes'
import { type Outcome, printError, printOutcome, printProgress } from './output'
import { namingWeak, readSecret } from './secrets'
import type { Terminal } from './terminal'

export interface CommonOptions {
  json?: boolean
  passphraseFile?: string
}

/**
 * What a verb opens: its input alone, without a folder of ours being made; the records; the journal, which an operation that
 * uses no key is signed with where there is a vault; or the records with the keys.
 */
export type Needs = 'nothing' | 'records' | 'journal' | 'keys'

interface ServicesFor {
  nothing: FileServices
  records: Services
  journal: Services
  keys: Services
}

/** What a verb says before its outcome. */
interface Reporter {
  /** Progress, on the error output; silent with `--json`. */
  say(text: string): void
  /** The outcome at once, of a verb that then goes on; with `--json` nothing follows it. */
  print(outcome: Outcome): void
}

export interface Runner {
  /** Opens what the verb needs, prints its outcome or what went wrong, and closes everything. */
  run<N extends Needs>(
    verb: string,
    options: CommonOptions,
    needs: N,
    act: (services: ServicesFor[N], reporter: Reporter) => Promise<Outcome>,
  ): Promise<void>
  exitCode(): ExitCode
}

interface Session<S> {
  open(): Promise<S>
  close(): Promise<void>
}

export function createRunner(terminal: Terminal): Runner {
  let exitCode: ExitCode = exitCodes.fine

  const sessions: { [N in Needs]: (verb: string, options: CommonOptions) => Session<ServicesFor[N]> } = {
    nothing: filesSession,
    records: (verb) => session(verb, async () => undefined),
    journal: (verb, options) => session(verb, (services) => unlock(services, options, 'journal')),
    keys: (verb, options) =>
      session(verb, async (services) => {
        await unlock(services, options, 'keys')
        // For issuers of an earlier version, whose certificates did not lie beside their keys yet.
        await services.authorities.keepCertificates()
      }),
  }

  function session(verb: string, prepare: (services: Services) => Promise<void>): Session<Services> {
    const keyring = createRemoteKeyring(() => forkChannel(join(__dirname, '../main/keyring-process.cjs')))
    let services: Services | null = null
    return {
      async open() {
        services = await openServices(keyring)
        for (const note of services.home.notes()) printProgress(terminal, `! ${note}`)
        await prepare(services)
        return services
      },
      async close() {
        if (services !== null && verb !== 'interrupted') await tellInterrupted(terminal, services)
        await services?.close()
        keyring.end()
      },
    }
  }

  return {
    async run(verb, options, needs, act) {
      const { open, close } = sessions[needs](verb, options)
      const asJson = options.json === true
      let isPrinted = false
      const print = (outcome: Outcome) => {
        // A script gets one object.
        if (!(asJson && isPrinted)) printOutcome(terminal, verb, asJson, outcome)
        isPrinted = true
      }
      const say = asJson ? () => {} : (text: string) => printProgress(terminal, text)
      try {
        const outcome = await act(await open(), { say, print })
        print(outcome)
        exitCode = outcome.exitCode
      } catch (error) {
        if (!isAppError(error) || error.code === 'internal') recordHere(terminal, verb, error)
        exitCode = printError(terminal, verb, asJson && !isPrinted, error)
      } finally {
        await close()
      }
    },
    exitCode: () => exitCode,
  }
}

/** For verbs that need neither a record nor a key of ours. */
function filesSession(): Session<FileServices> {
  const jobs = openJobs()
  return { open: async () => createFileServices({ jobs, clock: systemClock }), close: () => jobs.close() }
}

function recordHere(terminal: Terminal, verb: string, error: unknown): void {
  const paths = ownPaths()
  recordBug(openLog(paths), error, { operation: verb })
  if (paths.refusal === null) terminal.err(`This is a bug in Latchkey. Where it happened is in ${paths.log}.\n`)
}

const openJobs = () => createJobs(() => forkChannel(join(__dirname, '../main/job-process.cjs')))

function openServices(keyring: Keyring): Promise<Services> {
  const paths = ownPaths()
  return compose({
    paths,
    environment: readEnvironment(),
    userHome: homedir(),
    jobs: openJobs(),
    log: openLog(paths),
    keyring,
    databaseWorker: join(__dirname, '../main/database-worker.cjs'),
    visitor: null,
    chromiumMajor: null,
    changed: () => undefined,
  })
}

/** On the error output also beside JSON, which is of the verb alone. */
async function tellInterrupted(terminal: Terminal, { interrupted }: Services): Promise<void> {
  const count = await interrupted.count().catch(forgiven)
  if (count === 0) return
  const isAre = count === 1 ? 'is' : 'are'
  printProgress(terminal, `! ${countOf(count, 'interrupted change')} ${isAre} not run: latchkey interrupted`)
}

/** The verb has had its say; what else is wrong with the database or the disk is not for this line to tell. */
function forgiven(error: unknown): number {
  if (isAppError(error)) return 0
  throw error
}

/** The keyring first, silently; the passphrase only where it is the way in. */
async function unlock(services: Services, options: CommonOptions, needs: 'keys' | 'journal'): Promise<void> {
  const state = await services.vault.unlock(null).catch((error: unknown) => {
    // Nothing can be signed with it then, but an operation that uses no key goes on.
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
  if (passphrase === null) return // The verb itself then says what is missing, with the remedy.
  if (state.state === 'new')
    await namingWeak('the vault’s passphrase: --passphrase-file or LATCHKEY_PASSPHRASE', () =>
      services.vault.create(passphrase),
    )
  else await services.vault.unlock(passphrase)
}
