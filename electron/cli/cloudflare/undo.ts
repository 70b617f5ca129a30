import type { Command } from 'commander'
import { appliedChanges, changeOf, type Run } from '#electron/cloudflare/apply/journal'
import { type JournalFile, openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { standingOf } from '#electron/cloudflare/apply/standing'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { AppError } from '#shared/errors'
import { undoNoteWords } from '#shared/logic/access/apply-words'
import { changeWords } from '#shared/logic/access/plan-words'
import { countOf } from '#shared/logic/formatting'
import type { AccessAccount } from '#shared/model/access-account'
import type { UndoNote } from '#shared/model/access-plan'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { type ChangeOptions, makeChanges, requireSameAccount, requireToken, runIn, withConfirm } from './make-changes'
import { needsWithToken, sourceOf, withSource } from './source'

export function addUndo(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('undo')))
    .summary('undo what a plan changed, except what somebody else has changed since')
    .argument('<journal>', 'the journal that “apply” keeps')
    .addHelpText(
      'after',
      examples('latchkey cloudflare undo latchkey.access.json.journal --token-file write-token.txt'),
    )
    .action((path: string, options: ChangeOptions) =>
      runner.run('cloudflare undo', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken(options)
        const source = await sourceOf(options, say)
        return withJournalLock(path, async () => {
          const file = await openJournalFile(path)
          const changing = await cloudflare.openForChanges(source)
          requireSameAccount(changing, file)
          const { account } = changing.reading
          const { run, notes: open } = await closeStep(file, account)
          const { changes, notes: others } = undoOf(run.before, appliedChanges(run), account)
          const notes = [...open, ...others]
          const titles = notes.map(({ change }) => changeWords(change, run.before, account).title)
          for (const [index, { why }] of notes.entries())
            say(`! Not undone: ${titles[index] ?? ''}, because ${undoNoteWords[why]}.`)
          const mark = () => file.append({ kind: 'undone' })
          if (changes.length === 0 && notes.length === 0) await mark()
          return withNotes(
            await makeChanges(changing, changes, `${path}.undo`, options, say, mark),
            titles,
            changes.length === 0,
          )
        })
      }),
    )
}

/** The run once it is known what became of the step under way, and what is left of that. */
async function closeStep(file: JournalFile, account: AccessAccount): Promise<{ run: Run; notes: UndoNote[] }> {
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

/** Where something stays, the plan is not undone. */
function withNotes(outcome: Outcome, titles: string[], isAll: boolean): Outcome {
  if (titles.length === 0) return outcome
  const first = isAll ? 'Nothing was undone.' : outcome.text
  return {
    exitCode: exitCodes.negative,
    json: { ...outcome.json, done: false, stays: titles },
    text: `${first}\n${countOf(titles.length, 'change')} could not be undone.`,
  }
}
