import { writeFile } from 'node:fs/promises'
import { AppError } from '#shared/errors'

export async function writeOut(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unwritable'
    throw new AppError('file-not-written', `${path}: ${code}`)
  }
}
