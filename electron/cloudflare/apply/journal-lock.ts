import { randomUUID } from 'node:crypto'
import { link, readFile, rm } from 'node:fs/promises'
import { hasCode } from '#electron/platform/error-code'
import { isOurLiveProcess } from '#electron/platform/live-process'
import { createFile, notWritten } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'

/**
 * Only one process at a time applies a plan: two could both find a step undone, and make it twice. The lock of a process that
 * has died is taken over. Errors: `busy`, `file-not-written`.
 */
export async function withJournalLock<T>(journal: string, act: () => Promise<T>): Promise<T> {
  const path = `${journal}.lock`
  if (!(await take(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (Number.isInteger(holder) && holder > 0 && isOurLiveProcess(holder))
      throw new AppError('busy', `The process ${holder} is working on ${journal}.`)
    await rm(path, { force: true })
    if (!(await take(path))) throw new AppError('busy', `Another process is working on ${journal}.`)
  }
  try {
    return await act()
  } finally {
    await rm(path, { force: true })
  }
}

/**
 * With the number of this process in it from the moment it exists: a lock that were empty for an instant would be taken for
 * one of a dead process.
 */
async function take(path: string): Promise<boolean> {
  const prepared = `${path}.${randomUUID()}`
  try {
    await createFile(prepared, `${process.pid}\n`, 0o600)
    return await linkNew(prepared, path)
  } catch (error) {
    throw notWritten(path, error)
  } finally {
    await rm(prepared, { force: true })
  }
}

/** Where the file system has no hard links (FAT: `EPERM`, link(2)), the lock is empty for an instant after all. */
async function linkNew(prepared: string, path: string): Promise<boolean> {
  try {
    await link(prepared, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    return createFile(path, `${process.pid}\n`, 0o600)
  }
}
