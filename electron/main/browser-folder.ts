import { mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HomePaths } from '#electron/platform/home'
import { diskFull, hasNoRoom, unusable } from '#electron/platform/home-trouble'
import { refuseFolder } from '#electron/platform/home-usable'
import { isOurLiveProcess } from '#electron/platform/live-process'
import { privateFolderName } from '#electron/platform/private-folders'
import type { AppError } from '#shared/errors'

export interface BrowserFolderPorts {
  /** Tells the browser engine which folder to use. */
  use(folder: string): void
  /** Takes the lock of the folder in use; false where that fails, be it that another process holds it, which is told of this start. */
  takeLock(): boolean
  /** Whether another process can be told of this start at once. */
  canBeTold: boolean
  onQuit(act: () => void): void
  /** Whether Latchkey's own folder can be used now. */
  lookAtHome(): HomePaths
  /** Where a folder for the time being may be made. */
  temporaryPlaces?: readonly string[]
}

export type Claim =
  /**
   * With the reason why Latchkey's folder cannot be used, where that came to light. `lookAgain`: the same once more, for what
   * may have been put right.
   */
  | { kind: 'first'; paths: HomePaths; lookAgain(): HomePaths }
  /** Another window of this home folder is open, and was told of this start, if it could be. */
  | { kind: 'second' }
  /** There is no folder at all, so that no window can open. */
  | { kind: 'nowhere'; refusal: AppError }

/**
 * Finds a folder for the files that the browser engine keeps for itself, and takes its lock. The window that says why
 * Latchkey's folder cannot be used must not write to it, and the engine would not even start in a read-only one: that window
 * gets a folder for the time being.
 */
export function claimBrowserFolder(paths: HomePaths, ports: BrowserFolderPorts): Claim {
  const folder = join(paths.home, 'browser')
  const before = paths.refusal ?? refuseFolder(folder)
  const locking = before === null ? claim(folder, ports) : null
  if (locking === 'held') return { kind: 'second' }
  const refusal = before ?? locking
  if (refusal === null) return { kind: 'first', paths, lookAgain: () => paths }
  const isSameFolder = locking === null ? () => false : sameFolder(folder)
  const lookAgain = (): HomePaths => {
    const now = ports.lookAtHome()
    const again = now.refusal ?? refuseFolder(folder)
    // The engine has another folder by now and cannot be asked for this lock again.
    return { ...now, refusal: again ?? (isSameFolder() ? locking : null) }
  }
  const temporary = temporaryFolder(ports.temporaryPlaces)
  if (temporary === null) return { kind: 'nowhere', refusal }
  ports.onQuit(() => rmSync(temporary, { recursive: true, force: true }))
  ports.use(temporary)
  ports.takeLock()
  return { kind: 'first', paths: { ...paths, refusal }, lookAgain }
}

function claim(folder: string, { use, takeLock, canBeTold }: BrowserFolderPorts): AppError | 'held' | null {
  use(folder)
  if (!canBeTold && isHeld(folder)) return 'held'
  if (takeLock()) return null
  if (isHeld(folder)) return 'held'
  if (hasNoRoom(folder)) return diskFull(folder)
  return unusable(folder, 'The browser engine could not lock it. Move it away; it holds none of your data.')
}

/** Whether the folder, which must be there, is still the one that was there when this was called. */
function sameFolder(folder: string): () => boolean {
  const before = statSync(folder).ino
  return () => statSync(folder).ino === before
}

/** Chromium's lock is a link to `host-pid` (process_singleton_posix.cc). On Windows it is no file. */
function isHeld(folder: string): boolean {
  if (process.platform === 'win32') return true
  try {
    const [, host, pid] = /^(.*)-(\d{1,10})$/u.exec(readlinkSync(join(folder, 'SingletonLock'))) ?? []
    return host === hostname() && isOurLiveProcess(Number(pid))
  } catch {
    return false
  }
}

const temporaryPlaces = [tmpdir(), '/dev/shm']

/** Null where none can be made. */
export function temporaryFolder(places: readonly string[] = temporaryPlaces): string | null {
  for (const base of places) {
    try {
      return mkdtempSync(join(base, privateFolderName('latchkey')))
    } catch {
      // The next one may do.
    }
  }
  return null
}
