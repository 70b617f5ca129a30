import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type IncomingFile, readIncoming } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'

/** The path serves as the name of the file: unlike in the window, it is no secret from the person who typed it. */
export const readFiles = (paths: string[]): Promise<IncomingFile[]> =>
  Promise.all(paths.map((path) => readIncoming(path, path)))

/** The files and the contents of the folders (one level, without hidden files), followed by the lists. */
export async function readRequestFiles(paths: string[], lists: string[]): Promise<IncomingFile[]> {
  const wrong = lists.find((path) => !/\.csv$/iu.test(path))
  if (wrong !== undefined)
    throw new AppError('invalid-input', `${basename(wrong)}: the file name of a list must end in .csv.`)
  const files = (await Promise.all(paths.map(filesAt))).flat()
  if (files.length + lists.length === 0)
    throw new AppError('invalid-input', 'Specify a request (CSR), a folder or a list.')
  return readFiles([...files, ...lists])
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() !== true) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name))
    .sort()
}
