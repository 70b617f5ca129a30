import type { Command } from 'commander'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { openJournalFile, runIn } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { tellingDone } from '#electron/cloudflare/apply/run-journal'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { AppError } from '#shared/errors'
import { stopWords } from '#shared/logic/access/apply-words'
import { problemWords } from '#shared/logic/access/plan-words'
import { examples } from '../options'
import type { Runner } from '../runner'
import {
  type ChangeOptions,
  makeChanges,
  requireSameAccount,
  requireToken,
  runFile,
  withConfirm,
  withTested,
} from './make-changes'
import { needsWithToken, sourceOf, withSource } from './source'
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
      runner.run('cloudflare apply', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken(options)
        const wish = await readWish(path)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const { changes, problems } = changesFor(account, wish, new Date(account.readAt))
        if (changes === null) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        return makeChanges(changing, changes, `${path}.journal`, options, say, { managed: wish.managedElsewhere })
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
      runner.run('cloudflare resume', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken(options)
        const source = await sourceOf(options, say)
        return withJournalLock(path, async () => {
          const file = await openJournalFile(path)
          const { stopped, isUndone } = runIn(file)
          if (isUndone)
            throw new AppError('invalid-input', `The plan of ${path} was undone. What was left of it is not applied.`)
          if (stopped === 'uncertain' && options.sendAgain !== true)
            throw new AppError('cloudflare-uncertain', stopWords.uncertain)
          const changing = await tellingDone(
            () => runIn(file),
            () => cloudflare.openForChanges(source),
          )
          requireSameAccount(changing, file)
          const entries: JournalEntry[] = stopped === null ? [] : [{ kind: 'resumed' }]
          for (const entry of entries) await file.append(entry)
          return runFile(changing, { ...file, entries: [...file.entries, ...entries] }, path, options, say)
        })
      }),
    )
}
