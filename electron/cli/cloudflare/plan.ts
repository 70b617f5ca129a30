import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { z } from 'zod'
import { type SpelledStep, spellOut } from '#electron/cloudflare/plan/spell-out'
import { parseJson } from '#electron/platform/parse-json'
import type { PlannedReading } from '#electron/services/cloudflare/index'
import { AppError } from '#shared/errors'
import { lossWords, problemWords } from '#shared/logic/access/plan-words'
import { countOf, formatIsoTime } from '#shared/logic/formatting'
import { AccessWish } from '#shared/model/access-wish'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

export function addPlan(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('plan'))
    .summary('list what would have to change so that the account is as a file says; changes nothing')
    .argument('<file>', 'what should be, for example latchkey.access.json from “export”')
    .addHelpText('after', examples('latchkey cloudflare plan latchkey.access.json'))
    .action((path: string, options: SourceOptions) =>
      runner.run('cloudflare plan', options, needsOf(options), async ({ cloudflare }, { say }) => {
        const wish = await readWish(path)
        return planOutcome(await cloudflare.plan(await sourceOf(options, say), wish))
      }),
    )
}

async function readWish(path: string): Promise<AccessWish> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('file-unreadable', error instanceof Error && 'code' in error ? String(error.code) : null)
  })
  const parsed = AccessWish.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(
    (issue) => `${[path, ...issue.path.map(String)].join(' › ')}: ${faultOf(issue)}`,
  )
  throw new AppError('invalid-input', places.join('; '))
}

/** zod's own words, “key: "…"”, would be taken for a secret and hidden. */
const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `there is no field ${issue.keys.join(', ')}` : issue.message

function planOutcome({ account, unread, plan, problems }: PlannedReading): Outcome {
  const steps = plan === null ? [] : spellOut(account, plan)
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
        ? ['There is no plan for this file:', ...problems.map((problem) => `- ${problemWords(problem)}`)].join('\n')
        : planWords(`“${account.name}”, as read at ${formatIsoTime(account.readAt)}`, steps, losses),
    notes: unreadNotes(unread),
  }
}

function exitCodeOf(isPlanned: boolean, steps: SpelledStep[]) {
  if (!isPlanned) return exitCodes.usage
  return steps.length === 0 ? exitCodes.fine : exitCodes.negative
}

function planWords(account: string, steps: SpelledStep[], losses: string[]): string {
  if (steps.length === 0) return `${account}: as the file says.`
  const lines = steps.flatMap(({ title, detail, warnings }, index) => [
    `${index + 1}. ${title}`,
    ...(detail === '' ? [] : [`   ${detail}`]),
    ...warnings.map((warning) => `   ! ${warning}`),
  ])
  return [`${account}: ${countOf(steps.length, 'change')} to make. Nothing was changed.`, ...lines, ...losses].join(
    '\n',
  )
}
