import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { IncomingFile } from '#electron/services/identities/files'
import { AppError } from '#shared/errors'

const sizeLimit = 16 * 1024 * 1024

export function readFiles(paths: string[]): Promise<IncomingFile[]> {
  return Promise.all(paths.map(readOne))
}

async function readOne(path: string): Promise<IncomingFile> {
  try {
    const { size } = await stat(path)
    if (size > sizeLimit) throw new AppError('too-large', `${basename(path)}: ${size} bytes`)
    return { name: basename(path), bytes: await readFile(path) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'file-unreadable',
      `${path}: ${error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'}`,
    )
  }
}
