import { open } from 'node:fs/promises'
import { writePrivateFile } from '#electron/platform/write-private'
import { AppError } from '#shared/errors'
import { writeOut } from './write-file'

interface NewFile {
  path: string
  bytes: Uint8Array
  /** Readable by its owner only. */
  secret: boolean
}

/** Writes files that must not be there yet, unless `force`; none is written when one of them is. */
export async function writeNew(files: NewFile[], force: boolean): Promise<void> {
  if (force) {
    for (const { path, bytes, secret } of files) await (secret ? writeSecret(path, bytes) : writeOut(path, bytes))
    return
  }
  for (const file of files) await requireFree(file)
  for (const file of files) await writeExclusively(file)
}

async function writeSecret(path: string, bytes: Uint8Array): Promise<void> {
  await writePrivateFile(path, bytes).catch((error: unknown) => {
    throw notWritten(path, error)
  })
}

async function requireFree({ path }: NewFile): Promise<void> {
  const there = await open(path, 'r').catch(() => null)
  await there?.close()
  if (there !== null) throw taken(path)
}

/** The system itself refuses a name that is taken meanwhile. */
async function writeExclusively({ path, bytes, secret }: NewFile): Promise<void> {
  try {
    const file = await open(path, 'wx', secret ? 0o600 : 0o644)
    try {
      await file.writeFile(bytes)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? taken(path) : notWritten(path, error)
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unwritable')
const taken = (path: string) =>
  new AppError('invalid-input', `${path} exists already. Say --force, or name another file.`)
const notWritten = (path: string, error: unknown) =>
  new AppError('file-not-written', `${path}: ${codeOf(error)}`, { cause: error })
