import { chmod, lstat, readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { StatFileSystem } from './private-folders'

export interface HomeFolder {
  /** Files and folders of our own that others could read or change, and that are closed now. */
  closed: number
  /** Others can write to the folder. `shared`: it is everybody's (sticky), such as /tmp, and must stay open. */
  openness: 'closed' | 'open' | 'shared'
  /** False where the file system has no modes, so that nothing in it can be closed to others. */
  keepsModes: boolean
}

export interface HomeFolderPorts {
  /** The effective user id; null on Windows, where modes say nothing. */
  me: number | null
  statFileSystem?: StatFileSystem
  changeMode?: (path: string, mode: number) => Promise<void>
}

/** linux/magic.h: vfat, exFAT, and what speaks SMB, whose modes the mount invents. Other systems number file systems differently. */
const typesWithoutModes = new Set([0x4d44, 0x2011bab0, 0x517b, 0xff534d42, 0xfe534d42])

/** What Latchkey itself puts into its folder; each is only for its owner. */
const ownFiles = /^(latchkey\.db.*|operations\.lock.*|latchkey\.log(\.1)?|preferences\.json|practice(-access)?\.json)$/u
const ownFilesOfVault = /\.(sealed|pem)$|^header\.json$/u

/**
 * Closes what Latchkey made and what has become readable to others, by a restored backup for instance, and says what cannot
 * be closed. A folder that somebody named (`isGiven`) may have other uses, so that one is only looked at.
 */
export async function closeOwnFiles(home: string, isGiven: boolean, ports: HomeFolderPorts): Promise<HomeFolder> {
  const { me, statFileSystem = statfs, changeMode = chmod } = ports
  if (me === null) return { closed: 0, openness: 'closed', keepsModes: true }
  const closing = createClosing(me, changeMode)
  if (!isGiven) await closing.folder(home, 0o022)
  for (const name of await readdir(home)) if (ownFiles.test(name)) await closing.file(join(home, name))
  const vault = join(home, 'vault')
  // Behind a closed folder the files are out of reach, however many there are.
  if (await closing.folder(vault, 0o077))
    for (const name of await readdir(vault)) if (ownFilesOfVault.test(name)) await closing.file(join(vault, name))
  return {
    closed: closing.closed(),
    openness: await opennessOf(home),
    keepsModes: closing.isKept() && !(await hasTypeWithoutModes(home, statFileSystem)),
  }
}

function createClosing(me: number, changeMode: NonNullable<HomeFolderPorts['changeMode']>) {
  let closed = 0
  let isKept = true

  /** True where `open` bits were set. */
  async function close(
    path: string,
    open: number,
    wanted: number,
    isRight: 'isFile' | 'isDirectory',
  ): Promise<boolean> {
    const before = await lstat(path).catch(() => null)
    if (before === null || !before[isRight]() || before.uid !== me || (before.mode & open) === 0) return false
    await changeMode(path, wanted).catch(() => undefined)
    const after = await lstat(path).catch(() => null)
    if (after !== null && (after.mode & open) !== 0) isKept = false
    else closed += 1
    return true
  }

  return {
    file: (path: string) => close(path, 0o077, 0o600, 'isFile'),
    folder: (path: string, open: number) => close(path, open, 0o700, 'isDirectory'),
    closed: () => closed,
    isKept: () => isKept,
  }
}

async function opennessOf(home: string): Promise<HomeFolder['openness']> {
  const { mode } = await lstat(join(home, '.'))
  if ((mode & 0o022) === 0) return 'closed'
  return (mode & 0o1000) === 0 ? 'open' : 'shared'
}

async function hasTypeWithoutModes(home: string, statFileSystem: StatFileSystem): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const { type } = await statFileSystem(home).catch(() => ({ type: 0 }))
  // Node may hand out the 32 bits as a negative number.
  return typesWithoutModes.has(type >>> 0)
}

/** Takes from others the right to write to the folder itself; what lies in it is left as it is. */
export async function closeFolder(home: string): Promise<HomeFolder['openness']> {
  if ((await opennessOf(home)) === 'open') {
    const { mode } = await lstat(join(home, '.'))
    await chmod(home, mode & 0o755)
  }
  return opennessOf(home)
}
