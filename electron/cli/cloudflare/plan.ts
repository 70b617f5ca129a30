import type { Command } from 'commander'
import { type SpelledStep, spellOut } from '#electron/cloudflare/plan/spell-out'
import type { PlannedReading } from '#electron/services/cloudflare/ports'
import { lossWords, problemWords } from '#shared/logic/access/plan-words'
import { countOf, formatIsoTime } from '#shared/logic/formatting'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'
import { readWish } from './wish-file'

export function addPlan(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('plan'))
    .summary('list what would change to make the account match a file; changes nothing')
    .argument('<file>', 'plan file, for example latchkey.access.json from “export”')
    .addHelpText('after', examples('latchkey cloudflare plan latchkey.access.json'))
    .action((path: string, options: SourceOptions) =>
      runner.run('cloudflare plan', options, needsOf(options), async ({ cloudflare }, { say }) => {
        const wish = await readWish(path)
        return planOutcome(await cloudflare.plan(await sourceOf(options, say), wish))
      }),
    )
}

function planOutcome({ account, unread, plan, problems }: PlannedReading): Outcome {
  const steps = plan === null ? [] : spellOut(account, plan.steps)
  const losses = lossWords(plan?.visitors ?? [])
  return {
    exitCode: exitCodeOf(plan !== null, steps),
    json: {
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      steps: plan === null ? null : steps,
      visitors: plan?.visitors ?? null,
      problems: problems.map((problem) => ({ ...problem, words: problemWords(problem) })),
      unread,
    },
    text:
      plan === null
        ? ['No plan can be made for this file:', ...problems.map((problem) => `- ${problemWords(problem)}`)].join('\n')
        : planWords(`“${account.name}”, as read at ${formatIsoTime(account.readAt)}`, steps, losses),
    notes: unreadNotes(unread),
  }
}

function exitCodeOf(isPlanned: boolean, steps: SpelledStep[]) {
  if (!isPlanned) return exitCodes.usage
  return steps.length === 0 ? exitCodes.fine : exitCodes.negative
}

function planWords(account: string, steps: SpelledStep[], losses: string[]): string {
  if (steps.length === 0) return `${account}: matches the file.`
  const lines = steps.flatMap(({ title, detail, warnings }, index) => [
    `${index + 1}. ${title}`,
    ...(detail === '' ? [] : [`   ${detail}`]),
    ...warnings.map((warning) => `   ! ${warning}`),
  ])
  return [`${account}: ${countOf(steps.length, 'change')} to make. Nothing was changed.`, ...lines, ...losses].join(
    '\n',
  )
}
