import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { shell } from 'electron'

/** Of everything of others in a package: electron-builder.yml puts the file beside the resources. Sources have none. */
const licences = () => join(process.resourcesPath, '..', 'LICENSES.third-party.txt')

export const hasLicences = (): boolean => existsSync(licences())

/** In the system's viewer for text. */
export function showLicences(): void {
  if (hasLicences()) void shell.openPath(licences())
}
