import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { memoryFolder, privateFolderName, removeShredded, type StatFileSystem } from './private-folders'
import { replaceFile } from './replace-file'

export { sweepPrivateFolders } from './private-folders'

/** As `replaceFile`, readable by its owner only from the moment it exists. */
export const writePrivateFile = (path: string, bytes: Uint8Array | string) => replaceFile(path, bytes, 0o600)

/** Nobody takes an hour to write one small file, so its writer is dead. */
const staleMs = 60 * 60 * 1000

/** Removes what `writePrivateFile` left of files with names that are `ours` when its process was killed half-way. */
export async function sweepUnfinished(folder: string, ours: RegExp, now: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, target] = /^\.(.+)\.[0-9a-f]{12,32}\.tmp$/u.exec(name) ?? []
    if (target === undefined || !ours.test(target)) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => null)
    if (written !== null && now.getTime() - written.mtimeMs > staleMs) await rm(path, { force: true })
  }
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
