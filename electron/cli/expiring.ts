import type { Command } from 'commander'
import { calendarFile } from '#electron/services/calendar'
import { AppError } from '#shared/errors'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { oneTitle, siteWords } from '#shared/logic/expiring/words'
import { daysLeft, hasEnded } from '#shared/logic/expiry'
import { countOf, formatIsoDate, joinNames } from '#shared/logic/formatting'
import type { Expiring } from '#shared/model/expiring'
import { exitCodes } from './exit-codes'
import { examples, withJson } from './options'
import { type OutOptions, requireOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  within: string
  ics?: string
  force?: true
}

export function addExpiring(program: Command, runner: Runner): void {
  withJson(program.command('expiring'))
    .summary('list what expires soon; the exit code is 1 when something does')
    .description(
      'Lists certificates, issuers and revocation lists that expire soon, or did in the last 30 days, and that nothing has replaced. Includes certificates that others have put into the stores of this computer.',
    )
    .option('--within <days>', 'how far ahead, in calendar days, for example 14d', `${NOTICE_DAYS}d`)
    .option('--ics <file>', 'also write them to a calendar file (iCalendar), with reminders')
    .option('--force', 'overwrite the calendar file if it exists')
    .addHelpText(
      'after',
      examples(
        'latchkey expiring',
        'latchkey expiring --within 14d --json',
        'latchkey expiring --within 365d --ics expiring.ics',
      ),
    )
    .action((options: Options) =>
      runner.run('expiring', options, 'records', async ({ alerts }) => {
        const within = daysIn(options.within)
        await requireOut(outOf(options))
        const { expiring, now } = await alerts.find(within)
        const calendar = expiring.length === 0 ? null : (options.ics ?? null)
        if (calendar !== null) await writeOut(outOf(options), await calendarFile(expiring))
        return {
          exitCode: expiring.length === 0 ? exitCodes.fine : exitCodes.negative,
          json: { within, expiring: expiring.map((one) => inJson(one, now)), calendar },
          text: expiring.map((one) => inWords(one, now)).join('\n') || nothingWithin(within),
        }
      }),
    )
}

const outOf = ({ ics, force }: Options): OutOptions => ({ out: ics, force })

/** "30d", or "30". */
function daysIn(text: string): number {
  const [, digits] = /^(\d{1,4})d?$/u.exec(text.trim()) ?? []
  if (digits === undefined)
    throw new AppError('invalid-input', `“${text}” is not a number of days. Expected, for example: --within 30d`)
  return Number(digits)
}

const nothingWithin = (days: number) =>
  days === 0 ? 'Nothing expires today.' : `Nothing expires in the next ${countOf(days, 'day')}.`

/** `key` identifies a warning internally and is left out of the output. */
function inJson({ key: _key, ...one }: Expiring, now: Date) {
  return { ...one, daysLeft: daysLeft(one.ends, now), ended: hasEnded(one.ends, now) }
}

function inWords(one: Expiring, now: Date): string {
  const use = whereabouts(one)
  return `${formatIsoDate(one.ends)}  ${one.kind.padEnd(12)}  ${oneTitle(one, now)}${use === null ? '' : `, ${use}`}`
}

function whereabouts(one: Expiring): string | null {
  if (one.kind === 'stored') return `in ${joinNames(one.stores)}`
  return one.kind === 'certificate' ? siteWords(one.sites) : null
}
