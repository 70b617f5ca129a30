import type { Run } from '../run'

/** A timer of the operating system, for this person alone, that starts a program once a day. */
export interface DailyCheck {
  /** Whether the system has it as it would be made now: after a move of the program, the earlier one starts nothing. */
  isOn(): Promise<boolean>
  /**
   * The program that a timer of this name starts for this home, where that timer is on and is not as it would be made now; null
   * where there is none, or where it cannot be told.
   */
  startsOtherwise(): Promise<string | null>
  /** Errors: `timer-unavailable`, `timer-failed`; then nothing of it is left. */
  switchOn(): Promise<void>
  /** Nothing happens where it is off. Errors: as `switchOn`. */
  switchOff(): Promise<void>
}

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
