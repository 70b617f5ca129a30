import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import type { HomeFolder } from '#electron/platform/home-folder'
import type { Log } from '#electron/platform/log'
import { AppError } from '#shared/errors'
import { closedSentence, homeWarning, repairedSentence, withoutPermissions } from '#shared/logic/home-words'
import type { HomeState } from '#shared/model/home'
import { Page } from '#shared/model/page'
import type { Changed } from './changes'

export interface HomePorts {
  /** As it was found at the start. */
  folder: HomeFolder & { path: string; close(): Promise<HomeState['openness']> }
  database: Pick<Database, 'activity'>
  clock: Clock
  log: Log
  changed: Changed
}

/** Latchkey's own folder: what was closed to others, and what only the person can put right. */
export function createHome({ folder, database, clock, log, changed }: HomePorts) {
  const { closed, keepsModes } = folder
  let { openness } = folder
  const notes: string[] = []

  const state = (): HomeState => ({ openness, keepsModes })

  const note = (kind: 'folder-closed' | 'folder-without-permissions', sentence: string) =>
    database.activity.append({ at: clock.now().toISOString(), kind, about: 'Latchkey’s folder', sentence })

  /** Once, at the start. A file system without permissions is reported only if the activity does not mention it yet. */
  async function tell(): Promise<void> {
    const warning = homeWarning(state())
    if (closed > 0) {
      log.warn('own-files-closed', { count: closed })
      await note('folder-closed', closedSentence(closed))
      notes.push(closedSentence(closed))
    }
    if (warning === null) return
    const inWords = `${warning.title} ${warning.explanation}`
    if (keepsModes)
      notes.push(warning.canRepair ? `${inWords} Close it with: chmod go-w ${quoted(folder.path)}` : inWords)
    else if (await isNew(withoutPermissions)) {
      log.warn('folder-without-permissions')
      await note('folder-without-permissions', withoutPermissions)
      notes.push(inWords)
    }
  }

  const isNew = async (sentence: string): Promise<boolean> =>
    (await database.activity.list(Page.parse({ limit: 1, search: sentence }))).total === 0

  /** Errors: `home-stays-open`. */
  async function repair(): Promise<HomeState> {
    if (openness === 'closed') return state()
    openness = await folder.close()
    if (openness !== 'closed') throw new AppError('home-stays-open')
    log.info('folder-closed')
    await note('folder-closed', repairedSentence)
    changed('vault', 'activity')
    return state()
  }

  /** What a terminal says of it before anything else. */
  return { tell, state, repair, notes: () => notes }
}

/** For a POSIX shell. */
const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`
