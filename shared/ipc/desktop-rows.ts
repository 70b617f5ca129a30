import { z } from 'zod'
import { CommandTool, TrayState } from '../model/app'
import { Updates } from '../model/updates'

const nothing = z.undefined()
/** Of something that is on or off. */
export const switched = z.strictObject({ isOn: z.boolean() })

/** What this app is to the desktop that it is installed on, and its updates. */
export const desktopRows = {
  /** Whether the system starts Latchkey when this person logs in. */
  'desktop.startAtLogin': () => ({ in: nothing, out: switched }),
  'desktop.setStartAtLogin': () => ({ in: switched, out: switched }),
  /** Where the command of a Mac's package is linked. */
  'desktop.commandTool': () => ({ in: nothing, out: CommandTool }),
  'desktop.setCommandTool': () => ({ in: switched, out: CommandTool }),
  /** Whether the app stays in the tray when its window is closed. */
  'desktop.tray': () => ({ in: nothing, out: TrayState }),
  'desktop.setTray': () => ({ in: switched, out: TrayState }),

  'updates.state': () => ({ in: nothing, out: Updates }),
  /** Looks for a newer release now, and downloads it. */
  'updates.check': () => ({ in: nothing, out: Updates }),
  'updates.setAutomatic': () => ({ in: switched, out: Updates }),
} as const
