import type { Command } from 'commander'
import { begin } from '#electron/cloudflare/apply/apply'
import { writeBackup } from '#electron/cloudflare/apply/backup-file'
import type { Run } from '#electron/cloudflare/apply/journal'
import { createJournalFile, followed, type JournalFile, runIn } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import type { Managed } from '#electron/cloudflare/plan/managed'
import { planOf } from '#electron/cloudflare/plan/plan'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { isReadInVain } from '#electron/services/cloudflare/comparison'
import type { Changing } from '#electron/services/cloudflare/ports'
import { AppError, isAppError } from '#shared/errors'
import { stopWords, testWords } from '#shared/logic/access/apply-words'
import { lossWords } from '#shared/logic/access/plan-words'
import { countOf } from '#shared/logic/formatting'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { exitCodes } from '../exit-codes'
import { collect } from '../options'
import type { Outcome } from '../output'
import { isGiven, type SourceOptions } from './source'

export interface ChangeOptions extends SourceOptions {
  confirm: string[]
  tested: string[]
}

/** Of commands that make their plan themselves. */
export interface OwnPlanOptions extends ChangeOptions {
  dryRun?: boolean
  journal?: string
}

type Say = (text: string) => void

export const withTested = (command: Command): Command =>
  command.option(
    '--tested <hostname>',
    'confirm that you tested it with a certificate from each of its CAs (repeatable)',
    collect,
    [],
  )

export const withConfirm = (command: Command): Command =>
  withTested(command).option(
    '--confirm <name>',
    'confirm a hostname or a deletion, by the name that “plan” lists (repeatable)',
    collect,
    [],
  )

/** `name`: how the journal is called without `--journal`. */
export const withOwnPlan = (command: Command, name: string): Command =>
  withConfirm(command)
    .option('--dry-run', 'list what would change, and change nothing')
    .option('--journal <file>', `journal file (default: latchkey-${name}-TIME.journal)`)

const nothingToDo: Outcome = {
  exitCode: 0,
  json: { done: true, steps: 0, journal: null },
  text: 'There is nothing to do.',
}

/** The stored token is for reading. One that may write is given for one command, and forgotten with it. */
export function requireToken(options: ChangeOptions): void {
  if (!isGiven(options))
    throw new AppError('invalid-input', 'Changes need an API token that may write. Use --token-file.')
}

/** Says what the plan does before it asks for a name to be typed: nobody should have to confirm what they have not seen. */
function requireConfirmed(account: AccessAccount, changes: AccessChange[], confirmed: string[], say: Say): void {
  const { steps, lines } = describePlan(account, changes)
  const missing = [...new Set(steps.flatMap(({ confirm }) => confirm))].filter((name) => !confirmed.includes(name))
  if (missing.length > 0 || steps.some(({ warnings }) => warnings.length > 0)) for (const line of lines) say(line)
  if (missing.length > 0)
    throw new AppError(
      'invalid-input',
      `Look at the plan, then add ${missing.map((name) => `--confirm "${name}"`).join(' ')}`,
    )
}

export function requireSameAccount({ reading }: Changing, file: JournalFile): void {
  const { before } = runIn(file)
  if (before.id !== reading.account.id)
    throw new AppError(
      'cloudflare-account-unclear',
      `The journal is about the account “${before.name}” (${before.id}).`,
    )
}

/** Changes with their warnings, and who loses access. */
export function listChanges(account: AccessAccount, changes: AccessChange[]): Outcome {
  const { steps, lines } = describePlan(account, changes)
  return { exitCode: exitCodes.fine, json: { steps }, text: lines.join('\n') || nothingToDo.text }
}

function describePlan(account: AccessAccount, changes: AccessChange[]) {
  const plan = planOf(account, changes, account.readAt)
  const steps = spellOut(account, plan.steps)
  const lines = steps.flatMap(({ title, detail, warnings }, index) => [
    `${index + 1}. ${title}`,
    ...(detail === '' ? [] : [`   ${detail}`]),
    ...warnings.map((warning) => `   ! ${warning}`),
  ])
  return { steps, lines: [...lines, ...lossWords(plan.visitors)] }
}

/** Lists changes, or makes them with a journal that is called after the command and the time. */
export async function listOrMake(
  changing: Changing,
  changes: AccessChange[],
  name: string,
  options: OwnPlanOptions,
  say: Say,
  managed: Managed,
): Promise<Outcome> {
  const { account } = changing.reading
  if (options.dryRun === true) return listChanges(account, changes)
  const time = account.readAt.replace(/\D/gu, '').slice(0, 14)
  return makeChanges(changing, changes, options.journal ?? `latchkey-${name}-${time}.journal`, options, say, {
    managed,
  })
}

/**
 * Applies changes with a journal of their own, once everything that is risky was confirmed by name; `beforeBegin` comes after
 * that, and before anything is written.
 */
export async function makeChanges(
  changing: Changing,
  changes: AccessChange[],
  path: string,
  options: ChangeOptions,
  say: Say,
  { managed, beforeBegin = async () => undefined }: { managed: Managed; beforeBegin?: () => Promise<void> },
): Promise<Outcome> {
  if (changes.length === 0) return nothingToDo
  const { account } = changing.reading
  requireConfirmed(account, changes, options.confirm, say)
  return withJournalLock(path, async () => {
    await beforeBegin()
    const file = await createJournalFile(path, begin(account, changes, { managed }))
    return runFile(changing, file, path, options, say)
  })
}

export async function runFile(
  changing: Changing,
  file: JournalFile,
  path: string,
  options: ChangeOptions,
  say: Say,
): Promise<Outcome> {
  const noted = followed(file)
  const { before, changes } = noted.now()
  const titles = titlesOf(before, changes)
  const place = (step: number) => `${step + 1} of ${titles.length}`
  const stoppedAt = (step: number) => `Stopped at step ${place(step)}: ${titles[step] ?? 'reading the result'}`
  const told = (error: AppError, step: number) => {
    const detail = [error.detail, stoppedAt(step), `The journal is ${path}.`].filter((part) => part !== null).join('\n')
    return new AppError(error.code, detail, { cause: error, done: error.done })
  }
  const { refusal, ...applied } = await changing
    .run(noted.file, {
      backUp: (account) => writeBackup(`${path}.backup`, account),
      test: async ({ hostname }) => {
        const isSaid = options.tested.includes(hostname)
        if (isSaid) say(`${hostname}: taken as tested with a certificate of each CA, because you say so (--tested).`)
        return isSaid
      },
      onTested: (tests) => {
        for (const test of tests) say(testWords(test))
      },
      onWait: (seconds) => say(`Waiting for Cloudflare, ${countOf(seconds, 'second')} …`),
      onSettled: (step) => say(`${place(step)}: ${titles[step] ?? ''}`),
    })
    .catch(async (error: unknown) => {
      if (!isAppError(error)) throw error
      if (!isReadInVain(error)) await noteOwn(changing, noted.now())
      throw told(error, noted.now().step)
    })
  await noteOwn(changing, noted.now())
  const json = { steps: titles.length, journal: path }
  if (applied.done)
    return {
      exitCode: exitCodes.fine,
      json: { done: true, ...json },
      text: `${countOf(titles.length, 'change')} made. The journal is ${path}.`,
    }
  const { step, why, fields } = applied
  if (why === 'refused' && refusal !== null) throw told(refusal, step)
  const lines = [
    stoppedAt(step),
    stopWords[why],
    ...(fields.length === 0 ? [] : [`Fields: ${fields.join(', ')}.`]),
    `The journal is ${path}.`,
  ]
  return {
    exitCode: exitCodes.negative,
    json: { done: false, step: step + 1, why, fields, ...json },
    text: lines.join('\n'),
  }
}

/** What Latchkey did itself is no drift. Where the account cannot be read now, the next look tells it as if it were. */
async function noteOwn(changing: Changing, run: Run): Promise<void> {
  try {
    await changing.noteOwn(run)
  } catch (error) {
    if (!isAppError(error)) throw error
  }
}

const titlesOf = (before: AccessAccount, changes: AccessChange[]): string[] =>
  spellOut(
    before,
    changes.map((change) => ({ change, risks: [], confirm: [] })),
  ).map(({ title }) => title)
