import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { app } from 'electron'
import { compose, withoutWindow } from '#electron/composition'
import { openLocalDatabase } from '#electron/database/local'
import { readEnvironment } from '#electron/platform/environment'
import { type HomePaths, hasRecords } from '#electron/platform/home'
import { type Log, recordBug, recordFailure } from '#electron/platform/log'
import type { Services } from '#electron/services/services'
import { createKeyring } from '#electron/vault/keyring'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import { temporaryFolder } from './browser-folder'
import { ownCommand } from './daily-check'
import { createUtilityJobs } from './jobs'
import { canNotify, showNotification } from './notifications'

/** So long a notification can be clicked; then this process ends, whose notifications some systems keep. */
const CLICKABLE_MS = 10 * 60_000

/**
 * The daily check while the window is closed: shows the warnings that are due, and ends. Warnings that a running window
 * has given, or gives meanwhile, are not given twice. No key is needed. Returns the exit code.
 */
export async function checkExpiry(paths: HomePaths, log: Log): Promise<number> {
  if (paths.refusal !== null || !hasRecords() || !canNotify()) return 0
  let services: Services | null = null
  try {
    services = await compose({
      paths,
      environment: readEnvironment(),
      userHome: homedir(),
      jobs: createUtilityJobs(),
      log,
      keyring: createKeyring(),
      openDatabase: async (home) => openLocalDatabase(home, log),
      ...withoutWindow,
    })
    const { takeWarnings, returnWarnings } = services.alerts
    const warnings = await takeWarnings()
    await Promise.race([
      Promise.all(
        warnings.map(async (warning) => {
          if ((await showUntilAnswered(warning, log)) === 'not shown') await returnWarnings(warning)
        }),
      ),
      pause(warnings.length === 0 ? 0 : CLICKABLE_MS),
    ])
    return 0
  } catch (error) {
    recordFailure(log, 'expiry-not-checked', error, 'expiry')
    return 1
  } finally {
    await services?.close()
  }
}

/** Until it is clicked, which opens the window, or closed, or until it is certain that the system does not show it. */
const showUntilAnswered = (warning: ExpiryNotification, log: Log): Promise<'answered' | 'not shown'> =>
  new Promise((resolve) => {
    const answered = () => resolve('answered')
    const open = () => {
      const [program, ...words] = ownCommand()
      const window = spawn(program, words, { detached: true, stdio: 'ignore' })
      window.on('error', (error) => recordBug(log, error, { operation: 'expiry' }))
      window.unref()
      answered()
    }
    showNotification(warning, { open, closed: answered, notShown: () => resolve('not shown') })
  })

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The browser engine gets a folder for the time being: the window's own may be in use. False where none can be made. */
export function claimTemporaryFolder(): boolean {
  const folder = temporaryFolder()
  if (folder === null) return false
  app.setPath('userData', folder)
  app.on('quit', () => rmSync(folder, { recursive: true, force: true }))
  return true
}
