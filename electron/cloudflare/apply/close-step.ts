import { AppError } from '#shared/errors'
import type { AccessAccount } from '#shared/model/access-account'
import type { UndoNote } from '#shared/model/access-plan'
import { changeOf, type Run } from './journal'
import { type JournalFile, runIn } from './journal-file'
import { standingOf } from './standing'

/**
 * The run once it is known what became of the step under way, and what is left of that: before an undo is planned. Errors:
 * `cloudflare-uncertain` where one look at the account does not tell.
 */
export async function closeStep(file: JournalFile, account: AccessAccount): Promise<{ run: Run; notes: UndoNote[] }> {
  const run = runIn(file)
  const standing = standingOf(run, account)
  switch (standing.kind) {
    case 'clear':
      return { run, notes: [] }
    case 'settled':
      await file.append(standing.entry)
      return { run: runIn({ ...file, entries: [...file.entries, standing.entry] }), notes: [] }
    case 'otherwise': {
      const planned = run.changes[run.step]
      // Once it has been sent, it counts as applied, and the undo compares it like any other.
      const isLeft = planned !== undefined && run.phase === 'sending'
      return { run, notes: isLeft ? [{ change: changeOf(run, planned), why: 'changed-since' }] : [] }
    }
    case 'unknown':
      throw new AppError(
        'cloudflare-uncertain',
        `It is unknown what became of step ${run.step + 1}. Nothing was undone. Resume the plan first, then undo it.`,
      )
  }
}
