import type { Command } from 'commander'
import type { DriftReading } from '#electron/services/cloudflare/ports'
import { formatIsoTime } from '#shared/logic/formatting'
import type { Drift } from '#shared/model/access-look'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { isGiven, type SourceOptions, sourceOf, withSource } from './source'

interface Options extends SourceOptions {
  accept?: boolean
}

export function addDrift(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('drift'))
    .summary('list what has changed in the account since you last looked')
    .option('--accept', 'from now on, compare with the account as it is now')
    .addHelpText('after', examples('latchkey cloudflare drift', 'latchkey cloudflare drift --accept'))
    .action((options: Options) =>
      runner.run(
        'cloudflare drift',
        options,
        isGiven(options) ? 'records' : 'api-token',
        async ({ cloudflare }, { say }) =>
          driftOutcome(await cloudflare.drift(await sourceOf(options, say), { accept: options.accept === true })),
      ),
    )
}

function driftOutcome({ account, since, drift, notCompared, kept, unread }: DriftReading): Outcome {
  return {
    exitCode: drift.length === 0 ? exitCodes.fine : exitCodes.negative,
    json: {
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      since,
      drift,
      notCompared,
      kept,
      unread,
    },
    text: since === null ? firstWords : driftWords({ drift, since, notCompared, kept }),
    notes: [
      ...unreadNotes(unread),
      ...notCompared.map((what) => `The ${what}s were not compared, because they were not read both times.`),
    ],
  }
}

const firstWords = 'There is nothing to compare with yet. The next “drift” compares with the account as it is now.'

function driftWords({
  drift,
  since,
  notCompared,
  kept,
}: Pick<DriftReading, 'drift' | 'notCompared' | 'kept'> & { since: string }): string {
  const what = notCompared.length === 0 ? 'Nothing' : 'Nothing that was read both times'
  if (drift.length === 0) return `${what} has changed since ${formatIsoTime(since)}.`
  const next = kept ? 'From now on, “drift” compares with the account as it is now.' : 'To accept this, use --accept.'
  return [`Changed since ${formatIsoTime(since)}:`, ...drift.map(describe), next].join('\n')
}

function describe({ what, name, change, fields, before, after }: Drift): string {
  const title = `  ${what} “${name}” ${change}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`
  if (change !== 'changed') return [title, ...(words(before ?? after) ?? [])].join('\n')
  if (before === after) return title
  return [title, `    before: ${before ?? ''}`, `    now:    ${after ?? ''}`].join('\n')
}

const words = (text: string | null): string[] | null => (text === null || text === '' ? null : [`    ${text}`])
