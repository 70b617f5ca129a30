import type { Command } from 'commander'
import { exportWish } from '#electron/cloudflare/plan/export-wish'
import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { formatIsoDate } from '#shared/logic/formatting'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import { type OutOptions, requireOut, withOut, writeOut } from '../output-files'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

interface Options extends SourceOptions, OutOptions {
  days: string
}

export function addExport(cloudflare: Command, runner: Runner): void {
  withOut(withSource(cloudflare.command('export')), 'output file (default: print)')
    .summary('write the account as it is to a plan file')
    .option('--days <number>', 'how many days the file stays valid', '7')
    .addHelpText('after', examples('latchkey cloudflare export -o latchkey.access.json'))
    .action((options: Options) =>
      runner.run('cloudflare export', options, needsOf(options), async ({ cloudflare }, { say }) => {
        const days = daysOf(options)
        await requireOut(options)
        const { account, unread } = await cloudflare.read(await sourceOf(options, say), { eachZone: false })
        const { wish, leftOut } = exportWish(account, new Date(Date.parse(account.readAt) + days * DAY_MS))
        const content = `${JSON.stringify(wish, null, 2)}\n`
        await writeOut(options, content)
        const { out } = options
        const until = formatIsoDate(wish.state?.expires ?? account.readAt)
        return {
          exitCode: leftOut.length === 0 ? exitCodes.fine : exitCodes.negative,
          json: { wish, leftOut, out: out ?? null, unread },
          text:
            out === undefined
              ? content.trimEnd()
              : `Written: ${out}. It is valid for this state of the account, until ${until}.`,
          notes: [...leftOut.map((what) => `Left out: ${what}`), ...unreadNotes(unread)],
        }
      }),
    )
}

function daysOf({ days }: Options): number {
  const number = Number(days)
  if (!Number.isInteger(number) || number < 1 || number > 365)
    throw new AppError('invalid-input', `--days must be a number from 1 to 365, not “${days}”.`)
  return number
}
