import type { Jobs } from '#electron/jobs/jobs'
import { failureDetail, isPasswordFailure, type OpenedFile, wipeKeys } from '#electron/pki/containers/opened'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import { StagedId } from '#shared/model/ids'

/** What has been read so far, and what still waits for a password. */
export interface Pile {
  opened: OpenedFile[]
  pending: IncomingFile[]
}

export type Reading =
  | { kind: 'read'; pile: Pile }
  | { kind: 'password-needed'; pile: Pile; fileName: string; wrong: boolean }

/** Opens every file that is still closed, off the main thread; stops at the first that wants another password. */
export async function readAll(
  jobs: Jobs,
  pile: Pile,
  password: string | null,
  signal: AbortSignal | undefined,
): Promise<Reading> {
  const opened = [...pile.opened]
  const pending = [...pile.pending]
  for (let file = pending[0]; file !== undefined; file = pending[0]) {
    try {
      opened.push(withItsKey(await jobs.run('open-file', { ...file, password }, { signal })))
      pending.shift()
    } catch (error) {
      const wrong = isAppError(error, 'wrong-password')
      if (!wrong && !isAppError(error, 'password-needed')) throw error
      return {
        kind: 'password-needed',
        pile: { opened, pending },
        fileName: file.name,
        wrong: wrong && password !== null,
      }
    }
  }
  return { kind: 'read', pile: { opened, pending } }
}

/** A certificate beside a key that is still closed is half a file: the password is asked for as if all of it were closed. */
function withItsKey(file: OpenedFile): OpenedFile {
  const closed = file.failures.find(isPasswordFailure)
  if (closed === undefined || file.keys.length > 0) return file
  throw new AppError(closed.code, failureDetail(closed))
}

const lifetimeMs = 15 * 60_000

/** Files that wait for a password or a key, in memory, for a quarter of an hour; keys in them are wiped when they go. */
export function createStage(clock: Clock, random: Random) {
  const waiting = new Map<StagedId, { pile: Pile; expires: number }>()

  function put(pile: Pile): StagedId {
    sweep()
    const id = StagedId.parse(random.uuid())
    waiting.set(id, { pile, expires: clock.now().getTime() + lifetimeMs })
    return id
  }

  /** Stays until it is forgotten, so that a wrong second file does not lose the first. */
  function get(id: StagedId): Pile {
    sweep()
    const found = waiting.get(id)
    if (found === undefined) throw new AppError('ticket-expired', 'The file was waiting for too long. Open it again.')
    return found.pile
  }

  const forget = (id: StagedId) => void waiting.delete(id)

  function sweep(): void {
    for (const [id, { pile, expires }] of waiting) {
      if (expires >= clock.now().getTime()) continue
      waiting.delete(id)
      wipe(pile)
    }
  }

  return { put, get, forget }
}

export function wipe(pile: Pile): void {
  pile.opened.forEach(wipeKeys)
}
