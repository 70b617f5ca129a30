import { app } from 'electron'
import { ownSwitches } from './own-switches'

/** Whether the session has started this, and no person. Asked at every start, so apart from what sets it up. */
export const isStartedAtLogin = (): boolean =>
  app.commandLine.hasSwitch(ownSwitches.atLogin) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
