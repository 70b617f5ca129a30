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
import { type Outcome, printError, printOutcome, printProgress, type Terminal } from './output'
import { readSecret } from './secrets'

export interface CommonOptions {
  json?: boolean
  passphraseFile?: string
}

/** 'journal': an operation that uses no key, but is signed with one where there is a vault; none is made for it. */
export type Needs = 'keys' | 'journal' | 'records'

type Say = (text: string) => void

export interface Runner {
  /**
   * Opens the services, unlocks the vault when the verb needs it, prints what came out. `say` prints before that, on the
   * error output; with `--json` it is silent.
   */
  run(
    verb: string,
    options: CommonOptions,
    needs: Needs,
    act: (services: Services, say: Say) => Promise<Outcome>,
  ): Promise<void>
  /** For verbs that need neither a record nor a key of ours: they open no database, and make no folder. */
  runOnFiles(verb: string, options: CommonOptions, act: (services: FileServices) => Promise<Outcome>): Promise<void>
  exitCode(): ExitCode
}

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

export function createRunner(): Runner {
  let exitCode: ExitCode = exitCodes.fine

  async function run(
    verb: string,
    options: CommonOptions,
    needs: Needs,
    act: (services: Services, say: Say) => Promise<Outcome>,
  ): Promise<void> {
    const keyring = createRemoteKeyring(() => forkChannel(join(__dirname, '../main/keyring-process.cjs')))
    let services: Services | null = null
    async function begin(say: Say): Promise<Outcome> {
      services = await open(keyring)
      for (const note of services.home.notes()) printProgress(terminal, `! ${note}`)
      if (needs !== 'records') await unlock(services, options, needs)
      // For issuers of an earlier version, whose certificates did not lie beside their keys yet.
      if (needs === 'keys') await services.authorities.keepCertificates()
      return act(services, say)
    }
    await conclude(verb, options, begin, async () => {
      if (services !== null && verb !== 'interrupted') await tellInterrupted(services)
      await services?.close()
      keyring.end()
    })
  }

  async function runOnFiles(
    verb: string,
    options: CommonOptions,
    act: (services: FileServices) => Promise<Outcome>,
  ): Promise<void> {
    const jobs = openJobs()
    const begin = () => act(createFileServices({ jobs, clock: systemClock }))
    await conclude(verb, options, begin, () => jobs.close())
  }

  /** Prints what came out, or what went wrong; `end` comes last, whatever happens. */
  async function conclude(
    verb: string,
    options: CommonOptions,
    act: (say: Say) => Promise<Outcome>,
    end: () => Promise<void>,
  ): Promise<void> {
    const asJson = options.json === true
    try {
      const outcome = await act(asJson ? () => {} : (text) => printProgress(terminal, text))
      printOutcome(terminal, verb, asJson, outcome)
      exitCode = outcome.exitCode
    } catch (error) {
      if (!isAppError(error) || error.code === 'internal') recordHere(verb, error)
      exitCode = printError(terminal, verb, asJson, error)
    } finally {
      await end()
    }
  }

  return { run, runOnFiles, exitCode: () => exitCode }
}

function recordHere(verb: string, error: unknown): void {
  const paths = ownPaths()
  recordBug(openLog(paths), error, { operation: verb })
  if (paths.refusal === null) terminal.err(`This is a mistake of Latchkey’s. Where it happened is in ${paths.log}.\n`)
}

const openJobs = () => createJobs(() => forkChannel(join(__dirname, '../main/job-process.cjs')))

function open(keyring: Keyring): Promise<Services> {
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
async function tellInterrupted({ interrupted }: Services): Promise<void> {
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
  if (state.state === 'new') await services.vault.create(passphrase)
  else await services.vault.unlock(passphrase)
}
