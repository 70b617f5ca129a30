import type { Command } from 'commander'
import { appliedChanges, type JournalEntry } from '#electron/cloudflare/apply/journal'
import { type JournalFile, openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { undoOf } from '#electron/cloudflare/plan/undo'
import type { Changing } from '#electron/services/cloudflare/index'
import { AppError } from '#shared/errors'
import { stopWords, undoNoteWords } from '#shared/logic/access/apply-words'
import { changeWords, problemWords } from '#shared/logic/access/plan-words'
import { examples } from '../options'
import type { Runner } from '../runner'
import { type ChangeOptions, makeChanges, requireToken, runFile, runIn, withConfirm, withTested } from './make-changes'
import { sourceOf, withSource } from './source'
import { readWish } from './wish-file'

interface ResumeOptions extends ChangeOptions {
  sendAgain?: boolean
}

export function addApply(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('apply')))
    .summary('change the account to match a file; keeps a journal beside the file')
    .argument('<file>', 'plan file; see “plan”')
    .addHelpText('after', examples('latchkey cloudflare apply latchkey.access.json --token-file write-token.txt'))
    .action((path: string, options: ChangeOptions) =>
      runner.run('cloudflare apply', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const wish = await readWish(path)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const { changes, problems } = changesFor(account, wish, new Date(account.readAt))
        if (changes === null) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        return makeChanges(changing, changes, `${path}.journal`, options, say)
      }),
    )
}

export function addResume(cloudflare: Command, runner: Runner): void {
  withTested(withSource(cloudflare.command('resume')))
    .summary('continue a plan that was interrupted or has stopped')
    .argument('<journal>', 'the journal that “apply” keeps')
    .option('--send-again', 'repeat a request that may have been lost')
    .addHelpText(
      'after',
      examples('latchkey cloudflare resume latchkey.access.json.journal --token-file write-token.txt'),
    )
    .action((path: string, options: ResumeOptions) =>
      runner.run('cloudflare resume', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const source = await sourceOf(options, say)
        return withJournalLock(path, async () => {
          const file = await openJournalFile(path)
          const { stopped } = runIn(file)
          if (stopped === 'uncertain' && options.sendAgain !== true)
            throw new AppError('cloudflare-uncertain', stopWords.uncertain)
          const changing = await cloudflare.openForChanges(source)
          requireSameAccount(changing, file)
          const entries: JournalEntry[] = stopped === null ? [] : [{ kind: 'resumed' }]
          for (const entry of entries) await file.append(entry)
          return runFile(changing, { ...file, entries: [...file.entries, ...entries] }, path, options, say)
        })
      }),
    )
}

export function addUndo(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('undo')))
    .summary('undo what a plan changed, except what somebody else has changed since')
    .argument('<journal>', 'the journal that “apply” keeps')
    .addHelpText(
      'after',
      examples('latchkey cloudflare undo latchkey.access.json.journal --token-file write-token.txt'),
    )
    .action((path: string, options: ChangeOptions) =>
      runner.run('cloudflare undo', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const journal = await openJournalFile(path)
        const run = runIn(journal)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        requireSameAccount(changing, journal)
        const { account } = changing.reading
        const { changes, notes } = undoOf(run.before, appliedChanges(run), account)
        for (const { change, why } of notes)
          say(`! Not undone: ${changeWords(change, run.before, account).title}, because ${undoNoteWords[why]}.`)
        return makeChanges(changing, changes, `${path}.undo`, options, say)
      }),
    )
}

function requireSameAccount({ reading }: Changing, file: JournalFile): void {
  const { before } = runIn(file)
  if (before.id !== reading.account.id)
    throw new AppError('cloudflare-account-unclear', `The journal is for the account “${before.name}” (${before.id}).`)
}
