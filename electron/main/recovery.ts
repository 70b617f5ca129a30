import { shell } from 'electron'
import { databaseCopies, setDatabaseAside } from '#electron/database/set-aside'
import type { Clock } from '#electron/platform/clock'
import type { HomePaths } from '#electron/platform/home'
import { shownPath } from '#electron/platform/home-trouble'
import { AppError, isAppError } from '#shared/errors'
import type { Handlers } from '#shared/ipc/contract'

export type RecoveryHandlers = Pick<Handlers, 'home.recovery' | 'home.openFolder' | 'home.recover'>

interface RecoveryPorts {
  paths: HomePaths
  clock: Clock
  /** The latest start; rejects with why it failed. */
  start(): Promise<unknown>
}

/** What can be done about a start that failed, and is therefore answered without one. */
export function createRecovery({ paths: { home }, clock, start }: RecoveryPorts): RecoveryHandlers {
  /** A database that is open, or that somebody else can still read, is never touched. */
  async function mustBeDamaged(): Promise<void> {
    const problem = await start().then(
      () => null,
      (error: unknown) => error,
    )
    if (!isAppError(problem, 'database-damaged'))
      throw new AppError('invalid-input', 'The list of certificates is not damaged.')
  }

  return {
    'home.recovery': async () => ({ folder: shownPath(home), copies: databaseCopies(home) }),
    'home.openFolder': async () => {
      await shell.openPath(home)
      return true
    },
    'home.recover': async ({ copy }) => {
      await mustBeDamaged()
      await setDatabaseAside(home, copy, clock.now())
      return true
    },
  }
}
