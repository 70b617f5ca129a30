import type { Run } from '../run'
import type { SystemEntry } from '../system-entry'

/**
 * A timer of the operating system, for this person alone, that starts a program once a day. Errors of its changes:
 * `timer-unavailable`, `timer-failed`; after a failed `switchOn`, nothing of it is left.
 */
export type DailyCheck = SystemEntry

export interface DailyCheckPorts {
  run: Run
  platform: NodeJS.Platform
  /** The person's own folder. */
  userHome: string
  /** XDG_CONFIG_HOME; null for its default. */
  configHome: string | null
  /** For a file that is handed to a program of the system; it is deleted afterwards. */
  temporaryFolder: string
  /** Of this person (`process.getuid`); null on Windows. */
  userId: number | null
  /** The program and its arguments. */
  command: readonly [string, ...string[]]
  /** LATCHKEY_HOME, where it is set; null otherwise. */
  latchkeyHome: string | null
}

/** The hour of the person's own clock. As in `main/expiry-watch.ts`: a warning of a new day comes in the morning. */
export const CHECK_HOUR = 9

/** What each system calls it. */
export const timerNames = {
  systemd: 'latchkey-expiry',
  launchd: 'app.latchkey.expiry',
  taskScheduler: 'Latchkey\\Expiry',
} as const
