import { existsSync } from 'node:fs'
import { shell } from 'electron'
import { licencesIn } from './package-files'

/** Sources have none. */
const licences = () => licencesIn(process.resourcesPath)

export const hasLicences = (): boolean => existsSync(licences())

/** In the system's viewer for text. */
export function showLicences(): void {
  if (hasLicences()) void shell.openPath(licences())
}
