import { lstat, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { holdLock, type TryLock } from '#electron/platform/hold-lock'
import { onOwnFile } from '#electron/platform/home-trouble'
import { parseJson } from '#electron/platform/parse-json'
import { createQueue } from '#electron/platform/queue'
import { writePrivateFile } from '#electron/platform/write-file'
import { emptyState, PracticeState } from './state'

/** The practice account's file in the home folder, through which the window, the CLI and the practice site share it. */
export interface PracticeStore {
  /** Without a file, or with one that cannot be read, the account is empty. The same object as long as the file is the same. */
  read(): Promise<PracticeState>
  /**
   * One change after the other, of all processes: none is lost. Errors: `home-unusable`, `disk-full`, `busy`, those of `change`,
   * after which nothing has changed.
   */
  update<T>(change: (state: PracticeState) => { state: PracticeState; value: T }): Promise<T>
  /** Empties the account. */
  clear(): Promise<void>
}

export const practiceFile = 'practice-access.json'

/** Far more than anybody sets up for one site. */
const MAX_BYTES = 4 * 1024 * 1024

/** `tryLock`: what keeps other processes of this folder out while the file is read and written again. */
export function createPracticeStore(home: string, tryLock: TryLock): PracticeStore {
  const path = join(home, practiceFile)
  let last = { key: '', state: emptyState }
  const queue = createQueue()

  async function read(): Promise<PracticeState> {
    const status = await lstat(path, { bigint: true }).catch(() => null)
    // Reading a pipe might never end, and a link may lead anywhere.
    if (status === null || !status.isFile() || status.size > MAX_BYTES) return emptyState
    const key = [status.ino, status.mtimeNs, status.size].join(' ')
    if (key !== last.key) last = { key, state: await readState(path) }
    return last.state
  }

  const alone = <T>(act: () => Promise<T>): Promise<T> => queue.run(() => holdLock(tryLock, act))

  return {
    read,
    update: (change) =>
      alone(async () => {
        const { state, value } = change(await read())
        await onOwnFile(path, () => writePrivateFile(path, Buffer.from(JSON.stringify(state))))
        return value
      }),
    clear: () => alone(() => onOwnFile(path, () => rm(path, { force: true }))),
  }
}

async function readState(path: string): Promise<PracticeState> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return PracticeState.safeParse(parseJson(text)).data ?? emptyState
}
