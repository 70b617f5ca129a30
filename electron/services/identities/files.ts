import type { Jobs } from '#electron/jobs/jobs'
import {
  failureDetail,
  failureReport,
  isPasswordFailure,
  type OpenedFile,
  wipeKeys,
} from '#electron/pki/containers/opened'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import type { InspectFailure } from '#shared/model/details'
import { StagedId } from '#shared/model/ids'

/** What has been read so far, and what still waits for a password. */
export interface Pile {
  opened: OpenedFile[]
  pending: IncomingFile[]
}

export const emptyPile: Pile = { opened: [], pending: [] }

export type Reading =
  | { kind: 'read'; pile: Pile }
  | { kind: 'password-needed'; pile: Pile; fileName: string; wrong: boolean }

/**
 * Opens every file that is still closed, off the main thread; stops at the first that wants another password. A file that
 * cannot be read does not hide the others: a folder has a README too. Errors: that of the first file, where none can be read.
 */
export async function readAll(
  jobs: Jobs,
  pile: Pile,
  password: string | null,
  signal: AbortSignal | undefined,
): Promise<Reading> {
  const opened = [...pile.opened]
  const pending = [...pile.pending]
  const errors: AppError[] = []
  for (let file = pending[0]; file !== undefined; file = pending[0]) {
    try {
      opened.push(named(file.name, withItsKey(await jobs.run('open-file', { ...file, password }, { signal }))))
    } catch (error) {
      if (!isAppError(error)) throw error
      if (isPasswordFailure(error)) {
        const wrong = error.code === 'wrong-password' && password !== null
        return { kind: 'password-needed', pile: { opened, pending }, fileName: file.name, wrong }
      }
      errors.push(error)
      opened.push(unreadFile(file.name, error))
    }
    pending.shift()
  }
  const [first] = errors
  if (first !== undefined && errors.length === opened.length - pile.opened.length) throw first
  return { kind: 'read', pile: { opened, pending } }
}

/** A certificate beside a key that is still closed is half a file: the password is asked for as if all of it were closed. */
function withItsKey(file: OpenedFile): OpenedFile {
  const closed = file.failures.find(isPasswordFailure)
  if (closed === undefined || file.keys.length > 0) return file
  throw new AppError(closed.code, failureDetail(closed))
}

/** The failures of one file among several say which one it is. */
const named = (name: string, file: OpenedFile): OpenedFile => ({
  ...file,
  failures: file.failures.map((failure) => ({
    ...failure,
    where: failure.where === '' ? name : `${name}, ${failure.where}`,
  })),
})

function unreadFile(name: string, { code, detail }: AppError): OpenedFile {
  const failures = [failureReport({ where: name, code, detail })]
  return { format: '', keys: [], certificates: [], requests: [], crls: [], publicKeys: [], failures }
}

/** The same pile without the file that wants a password: its owner may have long forgotten it. */
export function withoutClosed({ opened, pending: [closed, ...pending] }: Pile): Pile {
  if (closed === undefined) return { opened, pending }
  return { opened: [...opened, unreadFile(closed.name, new AppError('password-needed'))], pending }
}

/** What of the files could not be read, for a person. */
export const unreadOf = ({ opened }: Pile): InspectFailure[] =>
  opened.flatMap(({ failures }) => failures.map(failureReport))

const lifetimeMs = 15 * 60_000

/** Files that wait for a password or a key, in memory, for a quarter of an hour; keys in them are wiped when they go. */
export function createStage(clock: Clock, random: Random) {
  const waiting = new Map<StagedId, { pile: Pile; expires: number }>()
  /** Being worked with: a key that is wiped under an import would be sealed as zeros. */
  const inUse = new Set<StagedId>()

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

  async function use<T>(id: StagedId, work: (pile: Pile) => Promise<T>): Promise<T> {
    const pile = get(id)
    inUse.add(id)
    try {
      return await work(pile)
    } finally {
      inUse.delete(id)
    }
  }

  const forget = (id: StagedId) => void waiting.delete(id)

  function drop(id: StagedId, pile: Pile): void {
    waiting.delete(id)
    if (!inUse.has(id)) wipe(pile)
  }

  /** Whoever is at work with a pile finishes. */
  function clear(): void {
    for (const [id, { pile }] of waiting) drop(id, pile)
  }

  function sweep(): void {
    for (const [id, { pile, expires }] of waiting) if (expires < clock.now().getTime()) drop(id, pile)
  }

  return { put, use, forget, clear }
}

export function wipe(pile: Pile): void {
  pile.opened.forEach(wipeKeys)
}
