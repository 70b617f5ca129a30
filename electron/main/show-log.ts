import { existsSync } from 'node:fs'
import { shell } from 'electron'
import type { HomePaths } from '#electron/platform/home'

/** In the system's file manager; where nothing was written yet, the folder that it will be in. */
export function showLog({ home, log }: HomePaths): void {
  if (existsSync(log)) shell.showItemInFolder(log)
  else void shell.openPath(home)
}
