import { AppError } from '#shared/errors'
import type { SystemEntry } from '../system-entry'

/** What macOS and Windows know of a program that is started at login. Electron asks them. */
export interface LoginItem {
  openAtLogin: boolean
  /** macOS: that the person has to allow it in the system's settings, for example. */
  status?: string
}

interface Ports {
  read(): LoginItem
  write(openAtLogin: boolean): void
  /** LATCHKEY_HOME, where it is set; null otherwise. */
  latchkeyHome: string | null
}

/**
 * A login item of macOS or Windows. Both keep its path themselves: macOS follows an app that has moved, and on Windows one that
 * has moved is off. Errors: `login-start-failed`.
 */
export function createLoginItem({ read, write, latchkeyHome }: Ports): SystemEntry {
  return {
    isOn: async () => latchkeyHome === null && read().openAtLogin,
    startsOtherwise: async () => null,
    async switchOn() {
      if (latchkeyHome !== null) throw new AppError('login-start-failed', 'A login item cannot set LATCHKEY_HOME.')
      write(true)
      const { openAtLogin, status } = read()
      if (openAtLogin) return
      const isToAllow = status === 'requires-approval'
      throw new AppError(
        'login-start-failed',
        isToAllow
          ? 'Allow Latchkey under “Login Items” in the settings of macOS.'
          : 'The system does not list it afterwards.',
      )
    },
    async switchOff() {
      write(false)
    },
  }
}
