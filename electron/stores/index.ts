import type { Environment } from '#electron/platform/environment'
import type { Log } from '#electron/platform/log'
import type { HasProgram } from '#electron/platform/programs'
import type { Run } from '#electron/platform/run'
import { createDarwinStore } from './darwin'
import { createLinuxStores } from './linux'
import type { CertificateStore } from './store'
import { createWindowsStore } from './win32'

export interface StoresOptions {
  run: Run
  hasProgram: HasProgram
  log: Log
  /** The account's home folder, where the browsers keep their databases. */
  home: string
  environment: Pick<Environment, 'dataHome'>
  /** Major version of the Chromium that will read the store; null when unknown. */
  chromiumMajor: number | null
  /** First part of the name of temporary folders, for `sweepPrivateFolders`. */
  temporaryPrefix: string
}

/** The certificate stores of this computer, most used first. Creating them touches nothing. */
export function createStores(options: StoresOptions, platform: NodeJS.Platform = process.platform): CertificateStore[] {
  if (platform === 'linux') return createLinuxStores(options)
  if (platform === 'darwin') return [createDarwinStore(options)]
  if (platform === 'win32') return [createWindowsStore()]
  return []
}
