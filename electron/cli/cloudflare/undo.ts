import type { Command } from 'commander'
import { closeStep } from '#electron/cloudflare/apply/close-step'
import { appliedChanges } from '#electron/cloudflare/apply/journal'
import { openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { undoNoteWords } from '#shared/logic/access/apply-words'
import { changeWords } from '#shared/logic/access/plan-words'
import { countOf } from '#shared/logic/formatting'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import {
  type ChangeOptions,
  listChanges,
  makeChanges,
  requireSameAccount,
  requireToken,
  withConfirm,
} from './make-changes'
import { needsWithToken, sourceOf, withSource } from './source'

interface UndoOptions extends ChangeOptions {
  dryRun?: boolean
}

export function addUndo(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('undo')))
    .summary('undo what a plan changed, except what has changed since')
    .argument('<journal>', 'the journal that “apply” keeps')
    .option('--dry-run', 'list what would change, and change nothing')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare undo latchkey.access.json.journal --dry-run',
        'latchkey cloudflare undo latchkey.access.json.journal --token-file write-token.txt',
      ),
    )
    .action((path: string, options: UndoOptions) =>
      runner.run('cloudflare undo', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        if (options.dryRun !== true) requireToken(options)
        const source = await sourceOf(options, say)
        return withJournalLock(path, async () => {
          const file = await openJournalFile(path)
          const changing = await cloudflare.openForChanges(source)
          requireSameAccount(changing, file)
          const { account } = changing.reading
          const { run, notes: open } = await closeStep(file, account)
          const { changes, notes: others } = undoOf(run.before, appliedChanges(run), account, run.managed)
          const notes = [...open, ...others]
          const titles = notes.map(({ change }) => changeWords(change, run.before, account).title)
          for (const [index, { why }] of notes.entries())
            say(`! Not undone: ${titles[index] ?? ''}, because ${undoNoteWords[why]}.`)
          if (options.dryRun === true) return withNotes(listChanges(account, changes), titles, changes.length === 0)
          const mark = () => file.append({ kind: 'undone' })
          if (changes.length === 0 && notes.length === 0) await mark()
          return withNotes(
            await makeChanges(changing, changes, `${path}.undo`, options, say, {
              managed: run.managed,
              beforeBegin: mark,
            }),
            titles,
            changes.length === 0,
          )
        })
      }),
    )
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
