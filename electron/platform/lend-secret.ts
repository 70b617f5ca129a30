import { constants } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors'
import { isInMemory, type StatFileSystem } from './private-folders'
import { CommandMissing, type Run } from './run'

export interface LendPorts {
  run: Run
  /** Injected by tests. */
  statFileSystem?: StatFileSystem | undefined
}

/**
 * Lends `secret` to a program that wants the name of a file, of which it reads once. The name is that of a pipe in `folder`
 * (0700, the caller's), so that the secret is in the kernel's memory only, on no disk and in no swap. Where no pipe can be
 * made it is a 0600 file, but only in a folder that is in memory itself. At most 4096 octets, which fit into any pipe.
 * Errors: `store-unavailable` where there is neither.
 */
export async function lendSecret<T>(
  folder: string,
  secret: string,
  { run, statFileSystem }: LendPorts,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, 'secret')
  if (await makePipe(path, run)) return withPipe(path, secret, () => work(path))
  if (!(await isInMemory(folder, statFileSystem)))
    throw new AppError('store-unavailable', `No pipe can be made in ${folder}, and it is not in memory (tmpfs).`)
  await writeFile(path, secret, { flag: 'wx', mode: 0o600 })
  return work(path)
}

/** Node cannot make one itself. */
async function makePipe(path: string, run: Run): Promise<boolean> {
  try {
    return (await run('mkfifo', ['-m', '600', path])).exitCode === 0
  } catch (error) {
    if (error instanceof CommandMissing) return false
    throw error
  }
}

/** Opened for both directions it does not wait for a reader (fifo(7)), and unread data is lost when the last end closes. */
async function withPipe<T>(path: string, secret: string, work: () => Promise<T>): Promise<T> {
  const pipe = await open(path, constants.O_RDWR | constants.O_NONBLOCK)
  try {
    await pipe.write(secret)
    return await work()
  } finally {
    await pipe.close()
  }
}
