import { constants } from 'node:fs'
import { access, lstat, mkdtemp, open, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from './environment'
import { isOurLiveProcess } from './live-process'

/** The name carries the maker's process id, so that a sweep can tell a dead process's leftovers from live work. */
export function privateFolderName(prefix: string): string {
  return `${prefix}-${process.pid}-`
}

/** Of the file system that holds this path; `type` is statfs(2)'s f_type. */
export type StatFileSystem = (path: string) => Promise<{ type: number }>

/** TMPFS_MAGIC and RAMFS_MAGIC of linux/magic.h. No name promises this: /dev/shm may be a folder of the disk. */
const memoryTypes = new Set([0x01021994, 0x858458f6])

/** Whether what is written there stays off the disk, apart from swap, to which tmpfs may be moved. */
export async function isInMemory(path: string, statFileSystem: StatFileSystem = statfs): Promise<boolean> {
  return process.platform === 'linux' && memoryTypes.has((await statFileSystem(path)).type)
}

/** A writable folder in memory, or the ordinary temporary folder where there is none (macOS, Windows). */
export async function memoryFolder(statFileSystem: StatFileSystem = statfs): Promise<string> {
  for (const folder of candidates()) {
    if ((await isWritableFolder(folder)) && (await isInMemory(folder, statFileSystem))) return folder
  }
  return tmpdir()
}

/** Removes what dead processes left behind. Folders of live processes and of other users stay. Returns how many went. */
export async function sweepPrivateFolders(prefix: string): Promise<number> {
  let removed = 0
  for (const base of new Set(candidates())) {
    for (const name of await readdir(base).catch(() => [])) {
      const pid = makerOf(name, prefix)
      if (pid === null || isOurLiveProcess(pid)) continue
      const path = join(base, name)
      if (!(await isOwnFolder(path))) continue
      await removeShredded(path)
      removed += 1
    }
  }
  return removed
}

/** Overwrites the files of one flat folder, then removes it. */
async function removeShredded(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    // A file that cannot be overwritten must still be unlinked.
    if (entry.isFile()) await overwrite(join(folder, entry.name)).catch(() => {})
  }
  await rm(folder, { recursive: true, force: true })
}

async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    await file.write(Buffer.alloc(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

function candidates(): string[] {
  const { runtimeFolder } = readEnvironment()
  return [...(runtimeFolder === null ? [] : [runtimeFolder]), '/dev/shm', tmpdir()]
}

async function isWritableFolder(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK | constants.X_OK)
    return (await lstat(path)).isDirectory()
  } catch {
    return false
  }
}

async function isOwnFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  return found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid())
}

function makerOf(name: string, prefix: string): number | null {
  if (!name.startsWith(`${prefix}-`)) return null
  const match = /^(\d{1,10})-[A-Za-z0-9]{6}$/u.exec(name.slice(prefix.length + 1))
  return match === null ? null : Number(match[1])
}

/**
 * Runs `work` with a fresh 0700 folder, in memory (tmpfs) where the system has such a place, and removes it afterwards
 * whatever happens. What is written there may be found again on a disk that is not: nothing that opens a key may be.
 * What a killed process leaves behind is found again by `sweepPrivateFolders(prefix)`.
 */
export async function withPrivateFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>,
  statFileSystem?: StatFileSystem,
): Promise<T> {
  const folder = await mkdtemp(join(await memoryFolder(statFileSystem), privateFolderName(prefix)))
  try {
    return await work(folder)
  } finally {
    await removeShredded(folder)
  }
}
