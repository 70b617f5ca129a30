import { readFile, rm } from 'node:fs/promises'
import { isOurLiveProcess } from '#electron/platform/live-process'
import { createFile } from '#electron/platform/write-file'
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

async function take(path: string): Promise<boolean> {
  try {
    return await createFile(path, `${process.pid}\n`, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new AppError('file-not-written', `${path}: ${code}`, { cause: error })
  }
}
