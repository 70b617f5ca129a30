import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { OutputFile } from '#electron/pki/convert/index'
import { codeOf } from '#electron/platform/error-code'
import { pathOf } from '#electron/platform/key-beside'
import { createFile, type FileContent, replaceFile } from '#electron/platform/write-file'
import { AppError, isAppError } from '#shared/errors'

/** The person chose the place and agreed to replace what is there. */
export async function saveFile(path: string, content: FileContent, mode = 0o644): Promise<void> {
  await replaceFile(path, content, mode).catch((error: unknown) => {
    // From whoever makes the pieces.
    if (isAppError(error)) throw error
    throw new AppError('file-not-written', codeOf(error))
  })
}

/**
 * What belongs together, where somebody chose `path` for it: all of it or nothing. The person was asked about `path` only,
 * so a key that goes beside it never replaces a file. Keys are readable by their owner only. Returns the names.
 */
export async function saveTogether(path: string, files: OutputFile[]): Promise<string[]> {
  const beside: string[] = []
  try {
    for (const { place, bytes } of files)
      if (place === 'key') {
        const keyPath = pathOf(place, path)
        await saveNew(keyPath, bytes)
        beside.push(keyPath)
      }
    for (const { place, bytes, secret } of files)
      if (place === 'main') await saveFile(path, bytes, secret ? 0o600 : 0o644)
  } catch (error) {
    for (const written of beside) await rm(written, { force: true })
    throw error
  }
  return files.map(({ place }) => basename(pathOf(place, path)))
}

/** One of several files for a folder, with the names that it may have, the nicest first. */
export interface FolderFile {
  names: string[]
  content: string
}

/**
 * Into a folder that somebody chose, file by file; what lies there already is never replaced. Returns the names. Errors:
 * `file-not-written`, also where every name of a file is taken.
 */
export async function saveInFolder(
  folder: string,
  files: AsyncIterable<FolderFile> | Iterable<FolderFile>,
): Promise<string[]> {
  const saved: string[] = []
  for await (const { names, content } of files) saved.push(await saveUnderOneOf(folder, names, content))
  return saved
}

async function saveUnderOneOf(folder: string, names: string[], content: string): Promise<string> {
  for (const name of names) {
    const isMade = await createFile(join(folder, name), content, 0o644).catch((error: unknown) => {
      throw new AppError('file-not-written', codeOf(error))
    })
    if (isMade) return name
  }
  throw new AppError('file-not-written', `${names.at(-1) ?? 'The file'} already exists. Choose another folder.`)
}

async function saveNew(path: string, bytes: Uint8Array): Promise<void> {
  const isMade = await createFile(path, bytes, 0o600).catch((error: unknown) => {
    throw new AppError('file-not-written', codeOf(error))
  })
  if (!isMade)
    throw new AppError('file-not-written', `${basename(path)} already exists. Choose another name or folder.`)
}
