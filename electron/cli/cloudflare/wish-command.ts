import type { Command } from 'commander'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import { AccessIntent } from '#shared/model/access-intent'
import type { PlanProblem } from '#shared/model/access-plan'
import { AccessWish, wishVersion } from '#shared/model/access-wish'
import type { Runner } from '../runner'
import { listOrMake, type OwnPlanOptions, requireToken, withOwnPlan } from './make-changes'
import { managedNotes } from './notes'
import { needsWithToken, sourceOf, withSource } from './source'
import { readManaged } from './wish-file'

export interface WishOptions extends OwnPlanOptions {
  file?: string
}

/** What is wished of an account as it was read, or what stands in the way. */
export type Wished = { wish: AccessWish | null; problems: PlanProblem[] }

/** For commands that say in their arguments what should be, instead of in a plan file. `name`: of the journal. */
export const withWish = (command: Command, name: string): Command =>
  withOwnPlan(withSource(command), name).option(
    '--file <plan>',
    'a plan file: what it says is managed elsewhere is not changed',
  )

/** An intent from typed words. Errors: `invalid-input`, with the first that is wrong. */
export function typedIntent(typed: object): AccessIntent {
  const parsed = AccessIntent.safeParse(typed)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const wrong = issue?.path.reduce<unknown>((part, key) => Object(part)[key], typed)
  throw new AppError('invalid-input', `“${String(wrong)}”: ${issue?.message ?? 'not usable'}`)
}

/** A part of a plan file, for the account that was read. */
export const wishOf = (account: AccessAccount, parts: object): Wished => ({
  wish: AccessWish.parse({ version: wishVersion, account: account.id, ...parts }),
  problems: [],
})

/** Lists what has to be done, or does it. `read` comes before anything is asked of Cloudflare. */
export function runWish(
  runner: Runner,
  command: string,
  options: WishOptions,
  read: () => Promise<(account: AccessAccount) => Wished>,
): Promise<void> {
  return runner.run(`cloudflare ${command}`, options, needsWithToken(options), async ({ cloudflare }, { say }) => {
    requireToken(options)
    const wishFor = await read()
    const changing = await cloudflare.openForChanges(await sourceOf(options, say))
    const { account } = changing.reading
    const managed = await readManaged(options.file, account)
    const { wish, problems } = wishFor(account)
    if (wish === null) throw refusal(problems)
    const planned = changesFor(account, { ...wish, managedElsewhere: managed }, new Date(account.readAt))
    if (planned.changes === null) throw refusal(planned.problems)
    const made = await listOrMake(changing, planned.changes, command.replaceAll(' ', '-'), options, say, managed)
    return { ...made, notes: managedNotes(options.file) }
  })
}

const refusal = (problems: PlanProblem[]): AppError =>
  new AppError('invalid-input', problems.map(problemWords).join(' '))
