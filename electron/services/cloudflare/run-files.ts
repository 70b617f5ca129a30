import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type JournalFile, openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { ifMissing } from '#electron/platform/error-code'
import { onOwnFile } from '#electron/platform/home-trouble'
import { AppError, isAppError } from '#shared/errors'
import { AccessRunId } from '#shared/model/ids'

/** A run that has come to its end is called after how. */
type End = 'done' | 'undone'

interface RunFile {
  id: AccessRunId
  /** Null for one that is not over. */
  end: End | null
  path: string
  /** It is a part of the roll-over of a CA, which may take months. */
  isRollOver: boolean
}

const pattern = /^\d{17}-([0-9a-f-]{36})(\.roll-over)?(?:\.(done|undone))?\.journal$/u

/** Of those that are over, as many are offered for an undo. Their files stay. */
const MAX_ENDED = 8

/**
 * The journals of the window's plans, in a folder of Latchkey's home. A name says when a run was begun and how it ended, so that
 * only those that wait have to be opened at a start; what happened is in the file.
 */
export function createRunFiles(folder: string) {
  async function all(): Promise<RunFile[]> {
    const names = await onOwnFile(folder, () => readdir(folder).catch(ifMissing<string[]>([])))
    return names
      .filter((name) => name.endsWith('.journal'))
      .sort()
      .reverse()
      .flatMap((name) => {
        const [, id, kind, end] = pattern.exec(name) ?? []
        const parsed = AccessRunId.safeParse(id)
        if (!parsed.success) return []
        return [
          {
            id: parsed.data,
            end: end === 'done' || end === 'undone' ? end : null,
            path: join(folder, name),
            isRollOver: kind !== undefined,
          },
        ]
      })
  }

  async function find(id: AccessRunId): Promise<RunFile> {
    const found = (await all()).find((one) => one.id === id)
    if (found === undefined) throw new AppError('not-found', 'There is no journal of this change.')
    return found
  }

  return {
    /** Those that are not over, and the latest of the others. */
    async list(): Promise<RunFile[]> {
      const files = await all()
      return [
        ...files.filter(({ end }) => end === null),
        ...files.filter(({ end }) => end !== null).slice(0, MAX_ENDED),
      ]
    },
    all,
    find,
    /** Those of roll-overs, the latest first: what comes next in one of them is asked long after other changes. */
    rollOvers: async (): Promise<RunFile[]> => (await all()).filter(({ isRollOver }) => isRollOver).slice(0, MAX_ENDED),
    /** Where a new journal goes; the folder is there then, for its owner only. */
    async pathFor(id: AccessRunId, begun: Date, { isRollOver }: { isRollOver: boolean }): Promise<string> {
      await onOwnFile(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }))
      return join(
        folder,
        `${begun.toISOString().replace(/\D/gu, '').slice(0, 17)}-${id}${isRollOver ? '.roll-over' : ''}.journal`,
      )
    },
    /** Gives the journal and its backup the name of its end. */
    async end(id: AccessRunId, end: End): Promise<void> {
      const { path } = await find(id)
      const ended = path.replace(/(\.(done|undone))?\.journal$/u, `.${end}.journal`)
      await onOwnFile(path, async () => {
        // A plan that was stopped before its backup has none.
        await rename(`${path}.backup`, `${ended}.backup`).catch(ifMissing(undefined))
        await rename(path, ended)
      })
    },
    /** Null for one that cannot be read any more. */
    async open({ path }: RunFile): Promise<JournalFile | null> {
      try {
        return await openJournalFile(path)
      } catch (error) {
        if (isAppError(error)) return null
        throw error
      }
    },
  }
}

export type RunFiles = ReturnType<typeof createRunFiles>
