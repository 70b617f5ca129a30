import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, type JournalEntry, type Run, runOf } from '#electron/cloudflare/apply/journal'
import { createJournalFile, type JournalFile, openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { planOf } from '#electron/cloudflare/plan/plan'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { writePrivateFile } from '#electron/platform/write-file'
import type { Changing } from '#electron/services/cloudflare/index'
import { AppError } from '#shared/errors'
import { stopWords, undoNoteWords } from '#shared/logic/access/apply-words'
import { changeWords, problemWords } from '#shared/logic/access/plan-words'
import { countOf } from '#shared/logic/formatting'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { exitCodes } from '../exit-codes'
import { collect, examples } from '../options'
import type { Outcome } from '../output'
import { notWritten } from '../output-files'
import type { Runner } from '../runner'
import { isGiven, type SourceOptions, sourceOf, withSource } from './source'
import { readWish } from './wish-file'

interface Options extends SourceOptions {
  confirm: string[]
  tested: string[]
  sendAgain?: boolean
}

type Say = (text: string) => void

const withTested = (command: Command): Command =>
  command.option(
    '--tested <hostname>',
    'you have tested it with a certificate of each of its CAs (repeatable)',
    collect,
    [],
  )

const withConfirm = (command: Command): Command =>
  withTested(command).option(
    '--confirm <name>',
    'a hostname, or what is deleted, that “plan” asks you to confirm (repeatable)',
    collect,
    [],
  )

export function addApply(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('apply')))
    .summary('change the account so that it is as a file says; keeps a journal beside the file')
    .argument('<file>', 'what should be; see “plan”')
    .addHelpText('after', examples('latchkey cloudflare apply latchkey.access.json --token-file write-token.txt'))
    .action((path: string, options: Options) =>
      runner.run('cloudflare apply', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const wish = await readWish(path)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const { changes, problems } = changesFor(account, wish, new Date(account.readAt))
        if (changes === null) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        if (changes.length === 0) return nothingToDo
        requireConfirmed(account, changes, options.confirm)
        return runNew(changing, changes, `${path}.journal`, options, say)
      }),
    )
}

export function addResume(cloudflare: Command, runner: Runner): void {
  withTested(withSource(cloudflare.command('resume')))
    .summary('go on with a plan that was interrupted or has stopped')
    .argument('<journal>', 'the journal that “apply” keeps')
    .option('--send-again', 'send a request again of which it is unknown whether it arrived')
    .addHelpText(
      'after',
      examples('latchkey cloudflare resume latchkey.access.json.journal --token-file write-token.txt'),
    )
    .action((path: string, options: Options) =>
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
    .summary('take back what a plan has changed, as far as nobody else has changed it since')
    .argument('<journal>', 'the journal that “apply” keeps')
    .addHelpText(
      'after',
      examples('latchkey cloudflare undo latchkey.access.json.journal --token-file write-token.txt'),
    )
    .action((path: string, options: Options) =>
      runner.run('cloudflare undo', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const journal = await openJournalFile(path)
        const run = runIn(journal)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        requireSameAccount(changing, journal)
        const { account } = changing.reading
        const { changes, notes } = undoOf(run.before, appliedChanges(run), account)
        for (const { change, why } of notes)
          say(`! Stays as it is: ${changeWords(change, run.before, account).title}, since ${undoNoteWords[why]}.`)
        if (changes.length === 0) return nothingToDo
        requireConfirmed(account, changes, options.confirm)
        return runNew(changing, changes, `${path}.undo`, options, say)
      }),
    )
}

const nothingToDo: Outcome = {
  exitCode: 0,
  json: { done: true, steps: 0, journal: null },
  text: 'There is nothing to do.',
}

/** The stored token is for reading. One that may write is given for one command, and forgotten with it. */
function requireToken(options: Options): void {
  if (!isGiven(options))
    throw new AppError('invalid-input', 'Changes need an API token that may write. Use --token-file.')
}

function requireConfirmed(account: AccessAccount, changes: AccessChange[], confirmed: string[]): void {
  const { steps } = planOf(account, changes, account.readAt)
  const missing = [...new Set(steps.flatMap(({ confirm }) => confirm))].filter((name) => !confirmed.includes(name))
  if (missing.length > 0)
    throw new AppError(
      'invalid-input',
      `Look at the plan, then add ${missing.map((name) => `--confirm "${name}"`).join(' ')}`,
    )
}

function runIn({ entries }: JournalFile): Run {
  const run = runOf(entries)
  if (run === null) throw new Error('An opened journal begins with what it is about.')
  return run
}

function requireSameAccount({ reading }: Changing, file: JournalFile): void {
  const { before } = runIn(file)
  if (before.id !== reading.account.id)
    throw new AppError(
      'cloudflare-account-unclear',
      `The journal is about the account “${before.name}” (${before.id}).`,
    )
}

const runNew = (changing: Changing, changes: AccessChange[], path: string, options: Options, say: Say) =>
  withJournalLock(path, async () => {
    const file = await createJournalFile(path, begin(changing.reading.account, changes))
    return runFile(changing, file, path, options, say)
  })

async function runFile(
  changing: Changing,
  file: JournalFile,
  path: string,
  options: Options,
  say: Say,
): Promise<Outcome> {
  const { before, changes } = runIn(file)
  const titles = titlesOf(before, changes)
  const place = (step: number) => `${step + 1} of ${titles.length}`
  const { refusal, ...applied } = await changing.run(file, {
    backUp: (account) => backUp(`${path}.backup`, account),
    test: async ({ hostname }) => options.tested.includes(hostname),
    onWait: (seconds) => say(`Waiting for Cloudflare, ${countOf(seconds, 'second')} …`),
    onSettled: (step) => say(`${place(step)}: ${titles[step] ?? ''}`),
  })
  if (!applied.done && applied.why === 'refused' && refusal !== null) throw refusal
  const json = { steps: titles.length, journal: path }
  if (applied.done)
    return {
      exitCode: exitCodes.fine,
      json: { done: true, ...json },
      text: `${countOf(titles.length, 'change')} made. The journal is ${path}.`,
    }
  const { step, why } = applied
  const text = `Stopped before step ${place(step)}: ${titles[step] ?? ''}\n${stopWords[why]}\nThe journal is ${path}.`
  return { exitCode: exitCodes.negative, json: { done: false, step: step + 1, why, ...json }, text }
}

const titlesOf = (before: AccessAccount, changes: AccessChange[]): string[] =>
  spellOut(
    before,
    changes.map((change) => ({ change, risks: [], confirm: [] })),
  ).map(({ title }) => title)

/** Everything that was read, also what Latchkey knows nothing about. One that is there is from the run that is resumed. */
async function backUp(path: string, account: AccessAccount): Promise<void> {
  if (await stat(path).catch(() => null)) return
  await writePrivateFile(path, `${JSON.stringify(account, null, 2)}\n`).catch((error: unknown) => {
    throw notWritten(path, error)
  })
}
