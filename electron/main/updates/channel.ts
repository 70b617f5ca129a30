import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from '#electron/platform/environment'
import type { UpdateChannel } from '#shared/model/updates'

export interface CopyFacts {
  platform: NodeJS.Platform
  /** `process.execPath`. */
  program: string
  /** `process.resourcesPath`: the folder beside the archive of the app. */
  resources: string
  isPackage: boolean
  appImage: Environment['appImage']
  hasFeed: boolean
}

/**
 * Who replaces this copy of the app. Whoever installed it comes first: what a package manager owns is never replaced behind its
 * back. Debian's and RPM's packages have a file that says so (`setup/package/linux-tree.mjs`); on Windows the installer leaves an
 * uninstaller beside the program, and the MSI does not.
 */
export function updateChannelOf(facts: CopyFacts): UpdateChannel {
  const { platform, program, resources, isPackage, appImage, hasFeed } = facts
  // APPIMAGE may be that of a program from which this one was started.
  if (platform === 'linux' && appImage !== null && program.startsWith(`${appImage.mount}/`)) {
    if (!hasFeed) return 'none'
    return canReplace(appImage.file) ? 'feed' : 'read-only'
  }
  if (!isPackage) return 'sources'
  if (platform === 'linux') return packageManagerOf(resources) ?? 'folder'
  if (platform === 'win32' && !existsSync(join(dirname(program), 'Uninstall Latchkey.exe'))) return 'msi'
  return hasFeed ? 'feed' : 'none'
}

function packageManagerOf(resources: string): 'deb' | 'rpm' | null {
  try {
    const kind = readFileSync(join(resources, 'package-type'), 'utf8').trim()
    return kind === 'deb' || kind === 'rpm' ? kind : null
  } catch {
    return null
  }
}

/** Its folder takes the new file, and the old one is ours to replace. */
function canReplace(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK)
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}
