import { constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCodeOf } from '../error-code'
import { MAX_POLICY_BYTES } from './policy'

export type AdministratorFile =
  | { kind: 'absent' }
  | { kind: 'read'; bytes: Buffer }
  /** One sentence: why it is not read. */
  | { kind: 'refused'; why: string }

/** Who has to own it. Tests are not root everywhere. */
interface FileOwner {
  uid: number
}

const root: FileOwner = { uid: 0 }

/**
 * Reads a file that only the system's administrator can write: it, and the folder that it is in, belong to root, nobody else
 * may write to them, and neither is a link. What is read is the file that was looked at, whatever becomes of its name meanwhile.
 */
export async function readAdministratorFile(path: string, owner = root): Promise<AdministratorFile> {
  let file: FileHandle | null = null
  try {
    const folder = await lstat(dirname(path))
    if (!folder.isDirectory()) return refused('Its folder is a link or a file.')
    const folderFault = faultOf(folder, owner)
    if (folderFault !== null) return refused(`Its folder ${folderFault}`)
    // A named pipe would otherwise wait for its writer.
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const found = await file.stat()
    if (!found.isFile()) return refused('It is not a file.')
    const fault = faultOf(found, owner)
    if (fault !== null) return refused(`It ${fault}`)
    if (found.size > MAX_POLICY_BYTES) return refused('It is too large.')
    return await readWhole(file)
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'ENOENT') return { kind: 'absent' }
    if (code === 'ELOOP') return refused('It is a link.')
    if (code === 'EACCES' || code === 'EPERM') return refused('This account may not read it.')
    if (code === null) throw error
    return refused(`It cannot be read (${code}).`)
  } finally {
    await file?.close()
  }
}

/** A file that grows while it is read is cut off, and then too large. */
async function readWhole(file: FileHandle): Promise<AdministratorFile> {
  const buffer = Buffer.alloc(MAX_POLICY_BYTES + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length)
    length += bytesRead
    if (bytesRead === 0 || length === buffer.length) break
  }
  return length > MAX_POLICY_BYTES ? refused('It is too large.') : { kind: 'read', bytes: buffer.subarray(0, length) }
}

function faultOf({ uid, mode }: FileOwner & { mode: number }, owner: FileOwner): string | null {
  if (uid !== owner.uid) return 'does not belong to root.'
  return (mode & 0o022) === 0 ? null : 'can be changed by others than root.'
}

const refused = (why: string): AdministratorFile => ({ kind: 'refused', why })
