import { powerMonitor } from 'electron'
import type { Log } from '#electron/platform/log'
import type { Services } from '#electron/services/services'
import { isAppError } from '#shared/errors'

const everyMs = 20_000

/** Electron documents `lock-screen` for macOS and Windows only. */
export const tellsOfLocking = (): boolean => process.platform === 'darwin' || process.platform === 'win32'

/**
 * Tells the vault, and the issuers’ one unlocked key, how long nobody has used this computer, and when it is left: suspended or, on macOS and Windows, its screen
 * locked (Electron documents `lock-screen` for these two only). Whether that locks the keys is the person's choice.
 * Returns what to call whenever the window asks for something, since that is use of the computer as well: assistive tools and
 * remote sessions do not always count as input for the system.
 */
export function setupIdleLock(services: () => Promise<Services>, log: Log): () => void {
  let lastUse = performance.now()
  async function tell(seconds: number): Promise<void> {
    try {
      const { authorities, vault } = await services()
      authorities.noteIdle(seconds)
      await vault.lockWhenIdle(seconds)
    } catch (error) {
      log.error('idle-lock-failed', { code: isAppError(error) ? error.code : 'internal' })
    }
  }
  const idleSeconds = () => Math.min(powerMonitor.getSystemIdleTime(), (performance.now() - lastUse) / 1000)
  setInterval(() => void tell(idleSeconds()), everyMs).unref()
  const left = () => void tell(Number.POSITIVE_INFINITY)
  powerMonitor.on('suspend', left)
  powerMonitor.on('lock-screen', left)
  return () => {
    lastUse = performance.now()
  }
}
