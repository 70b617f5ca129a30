import { lstat, rm } from 'node:fs/promises'
import { createFile } from '#electron/platform/create-file'
import { writePrivateFile } from '#electron/platform/write-private'
import { AppError } from '#shared/errors'
import { writeOut } from './write-file'

export interface NewFile {
  path: string
  bytes: string | Uint8Array
  /** Readable by its owner only. */
  secret: boolean
}

/** Before anything is made for them: names that are taken are refused, unless `force`. */
export async function requireFree(paths: string[], force: boolean): Promise<void> {
  if (force) return
  const there = await Promise.all(paths.map(isThere))
  const taken = paths.filter((_path, index) => there[index])
  if (taken.length > 0) throw refused(taken)
}

/** Writes files that must not be there yet, unless `force`; none is left behind when one of them is, or cannot be written. */
export async function writeNew(files: NewFile[], force: boolean): Promise<void> {
  if (force) {
    for (const { path, bytes, secret } of files) await (secret ? writeSecret(path, bytes) : writeOut(path, bytes))
    return
  }
  const paths = files.map(({ path }) => path)
  await requireFree(paths, false)
  const made: string[] = []
  try {
    for (const file of files) {
      await writeExclusively(file)
      made.push(file.path)
    }
  } catch (error) {
    for (const path of made) await rm(path, { force: true })
    throw error
  }
}

async function writeSecret(path: string, bytes: string | Uint8Array): Promise<void> {
  await writePrivateFile(path, bytes).catch((error: unknown) => {
    throw notWritten(path, error)
  })
}

async function writeExclusively({ path, bytes, secret }: NewFile): Promise<void> {
  const isMade = await createFile(path, bytes, secret ? 0o600 : 0o644).catch((error: unknown) => {
    throw notWritten(path, error)
  })
  if (!isMade) throw refused([path])
}

/** A link to nowhere is there, too. */
const isThere = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unwritable')
const refused = (paths: string[]) =>
  new AppError('invalid-input', `There already: ${paths.join(', ')}. Say --force, or choose another name.`)
export const notWritten = (path: string, error: unknown) =>
  new AppError('file-not-written', `${path}: ${codeOf(error)}`, { cause: error })
