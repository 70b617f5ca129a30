import type { Handlers } from '#shared/ipc/contract'

/** What the system starts, and what it would show. */
export function pretendDesktop(): Pick<
  Handlers,
  | 'desktop.startAtLogin'
  | 'desktop.setStartAtLogin'
  | 'desktop.tray'
  | 'desktop.setTray'
  | 'desktop.commandTool'
  | 'desktop.setCommandTool'
> {
  let startsAtLogin = false
  let keepsRunning = false
  let command: string | null = null
  return {
    'desktop.startAtLogin': async () => ({ isOn: startsAtLogin }),
    'desktop.setStartAtLogin': async ({ isOn }) => {
      startsAtLogin = isOn
      return { isOn }
    },
    'desktop.commandTool': async () => ({ path: command, isOnPath: false }),
    'desktop.setCommandTool': async ({ isOn }) => {
      command = isOn ? '~/.local/bin/latchkey' : null
      return { path: command, isOnPath: false }
    },
    'desktop.tray': async () => ({ isOn: keepsRunning, isShown: false }),
    'desktop.setTray': async ({ isOn }) => {
      keepsRunning = isOn
      return { isOn, isShown: false }
    },
  }
}
