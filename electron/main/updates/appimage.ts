import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AppAdapter } from 'electron-updater/out/AppAdapter'
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater'
import { failPoint } from '#electron/platform/fail-point'
import { requireUnchanged } from './checksum'

export interface AppImageFile {
  /** The AppImage that runs. */
  path: string
  /** Base64, of what replaces it. */
  sha512(): string | null
}

/**
 * electron-updater's own way deletes the AppImage, moves the new one there and starts it: a power cut in between leaves no program.
 * Here it is replaced in one step, under the name that menus and timers start, and after another look at its checksum.
 */
export class InPlaceAppImageUpdater extends AppImageUpdater {
  readonly #running: AppImageFile

  constructor(running: AppImageFile, app: AppAdapter) {
    super(null, app)
    this.#running = running
  }

  protected override doInstall(): boolean {
    const { installerPath } = this
    const sha512 = this.#running.sha512()
    if (installerPath === null || sha512 === null) return false
    replaceAppImage(installerPath, this.#running.path, sha512)
    return true
  }
}

/** `from` becomes `path`, for whoever could start that so far, and is removed. Errors: the system's own, and one where `from` does not have the checksum. */
export function replaceAppImage(from: string, path: string, sha512: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.update`)
  try {
    rmSync(temporary, { force: true })
    // In a folder that others may write to, a name that somebody has taken meanwhile is not used.
    copyFileSync(from, temporary, constants.COPYFILE_EXCL)
    failPoint('update-copied')
    // What was copied is what is looked at: nobody can exchange it in between without having this folder.
    requireUnchanged(temporary, sha512)
    chmodSync(temporary, (statSync(path).mode & 0o777) | 0o100)
    sync(temporary)
    renameSync(temporary, path)
    failPoint('update-installed')
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  rmSync(from, { force: true })
}

function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
