import { join } from 'node:path'
import type { App } from 'electron'

/** Where electron-builder.yml (`extraResources`) puts what is beside the archive of a package. */

/** Of everything of others in the package. */
export const licencesIn = (resources: string): string => join(resources, 'LICENSES.third-party.txt')

export const commandIn = (resources: string): string => join(resources, 'bin', 'latchkey')

/** `isPackaged` only compares the name of the executable, which a copy can change. */
export const isPackage = (app: Pick<App, 'isPackaged' | 'getAppPath'>): boolean =>
  app.isPackaged || app.getAppPath().endsWith('.asar')

/** Whether the app links the command. Elsewhere, the package puts it where terminals look, or asks. */
export const hasCommandTool = (app: Pick<App, 'isPackaged' | 'getAppPath'>): boolean =>
  process.platform === 'darwin' && isPackage(app)
