import { homedir } from 'node:os'
import { app } from 'electron'
import { readEnvironment } from '#electron/platform/environment'
import { createLoginItem } from '#electron/platform/start-at-login/login-item'
import { createXdgAutostart } from '#electron/platform/start-at-login/xdg-autostart'
import type { SystemEntry } from '#electron/platform/system-entry'
import { ownCommand } from './daily-check'
import { ownSwitches } from './own-switches'

const isMac = process.platform === 'darwin'

/** What starts this app when the person logs in. */
export function systemStartAtLogin(): SystemEntry {
  const { configHome, home } = readEnvironment()
  const [path, ...before] = ownCommand()
  const words = [...before, `--${ownSwitches.atLogin}`]
  if (!isMac && process.platform !== 'win32')
    return createXdgAutostart({ userHome: homedir(), configHome, command: [path, ...words], latchkeyHome: home })
  // Windows compares a program with its arguments, as they stand in the registry. macOS has neither.
  const item = isMac ? {} : { path, args: words.map((word) => (word.includes(' ') ? `"${word}"` : word)) }
  return createLoginItem({
    read: () => app.getLoginItemSettings(item),
    write: (openAtLogin) => app.setLoginItemSettings({ ...item, openAtLogin, ...(isMac ? {} : { name: 'Latchkey' }) }),
    latchkeyHome: home,
  })
}
