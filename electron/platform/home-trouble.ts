import { statfsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { AppError } from '#shared/errors'
import { capitalise } from '#shared/logic/capitalise'
import { systemCodeOf } from './error-code'

/**
 * What keeps Latchkey from using its own folder, in words. The detail names the folder, because whoever has to put it right
 * must know which one it is.
 */

/** Under the person's own folder it begins with “~”, so that a copied detail holds no account name. */
export function shownPath(path: string, userHome: string = homedir()): string {
  return userHome !== '' && path.startsWith(userHome + sep) ? join('~', relative(userHome, path)) : path
}

/** `what`: a sentence about the folder. */
export const unusable = (folder: string, what: string, options?: { cause?: unknown }): AppError =>
  new AppError('home-unusable', `The folder is ${shownPath(folder)}. ${what}`, options)

export const diskFull = (folder: string, options?: { cause?: unknown }): AppError =>
  new AppError('disk-full', `The folder is ${shownPath(folder)}.`, options)

/** A sentence for a code of libuv, such as `EROFS`. `it`: the folder or a file in it, as in the middle of a sentence. */
export function reasonOf(code: string, it: string): string {
  const subject = capitalise(it)
  switch (code) {
    case 'EACCES':
      return `You do not have permission to read and write ${it}.`
    case 'EPERM':
      return `The system does not allow changes to ${it}.`
    case 'EROFS':
      return `${subject} is on a read-only file system.`
    case 'EIO':
      return `The disk reported an error at ${it}.`
    case 'ELOOP':
      return `${subject} is behind a link that leads round in a circle. Remove the link.`
    case 'ENOENT':
      return `${subject} is not there any more.`
    case 'ENOTDIR':
      return `${subject} is a file, not a folder, or lies behind one.`
    case 'EISDIR':
      return `${subject} is a folder, not a file. Move it away.`
    default:
      return `The system reported ${code} for ${it}.`
  }
}

export const leadsNowhere = (it: string): string =>
  `${it} is a link that leads nowhere. Connect the disk that it leads to, or remove it.`

export const isDiskFull = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT'

/** Neither a block nor an entry for a new file is left. Some file systems (Btrfs) do not count entries and say 0 of 0. */
export function hasNoRoom(folder: string): boolean {
  const { bavail, files, ffree } = statfsSync(folder)
  return bavail === 0 || (files > 0 && ffree === 0)
}

/**
 * A failed system call in Latchkey's folder as our error; any other error as it is. `path`: what was to be read or written,
 * in `folder`, or `folder` itself.
 */
export function asHomeTrouble(folder: string, path: string, error: unknown): unknown {
  const code = systemCodeOf(error)
  if (code === null) return error
  if (isDiskFull(code)) return diskFull(folder, { cause: error })
  return unusable(folder, reasonOf(code, path === folder ? 'it' : `“${relative(folder, path)}” in it`), {
    cause: error,
  })
}

/** Runs `work` on one of Latchkey's own files. Errors: `home-unusable`, `disk-full`. */
export async function onOwnFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asHomeTrouble(dirname(path), path, error)
  }
}
