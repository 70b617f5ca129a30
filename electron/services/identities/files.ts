import type { Jobs } from '#electron/jobs/jobs'
import {
  errorInFile,
  failureDetail,
  failureReport,
  inNamedFile,
  isPasswordFailure,
  type OpenedFile,
  wipeKeys,
} from '#electron/pki/containers/opened'
import type { Clock } from '#electron/platform/clock'
import { createExpiringMap } from '#electron/platform/expiring-map'
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

export type ReadResult =
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
): Promise<ReadResult> {
  const opened = [...pile.opened]
  const pending = [...pile.pending]
  const errors: AppError[] = []
  for (let file = pending[0]; file !== undefined; file = pending[0]) {
    try {
      opened.push(inNamedFile(file.name, withItsKey(await jobs.run('open-file', { ...file, password }, { signal }))))
    } catch (error) {
      if (!isAppError(error)) throw error
      if (isPasswordFailure(error)) {
        const wrong = error.code === 'wrong-password' && password !== null
        return { kind: 'password-needed', pile: { opened, pending }, fileName: file.name, wrong }
      }
      errors.push(errorInFile(file.name, error))
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

function unreadFile(name: string, { code, detail }: AppError): OpenedFile {
  const failures = [failureReport({ where: name, code, detail })]
  return { format: '', keys: [], certificates: [], requests: [], crls: [], publicKeys: [], failures, notes: [] }
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
  /** Being worked with: a key that is wiped under an import would be sealed as zeros. */
  const inUse = new Set<StagedId>()
  const waiting = createExpiringMap<StagedId, Pile>({
    newId: () => StagedId.parse(random.uuid()),
    clock,
    lifetimeMs,
    onDrop(id, pile) {
      if (!inUse.has(id)) wipe(pile)
    },
  })

  /** The pile stays until it is forgotten, so that a wrong second file does not lose the first. */
  async function use<T>(id: StagedId, work: (pile: Pile) => Promise<T>): Promise<T> {
    const pile = waiting.get(id)
    if (pile === null) throw new AppError('ticket-expired', 'The file waited too long. Open it again.')
    inUse.add(id)
    try {
      return await work(pile)
    } finally {
      inUse.delete(id)
    }
  }

  return { put: waiting.put, use, forget: waiting.takeOut, clear: waiting.clear }
}

export function wipe(pile: Pile): void {
  pile.opened.forEach(wipeKeys)
}
