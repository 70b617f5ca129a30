import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { formatIsoTime } from '#shared/logic/formatting'
import {
  discardedSentence,
  interruptedReasons,
  interruptedTitle,
  isWaiting,
  leftBehind,
} from '#shared/logic/interrupted-words'
import { type Interrupted, InterruptedId } from '#shared/model/interrupted'
import { examples, withJson, withPassphrase } from './options'
import type { Outcome } from './output'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  discard?: string
}

export function addInterrupted(program: Command, runner: Runner): void {
  withPassphrase(withJson(program.command('interrupted')))
    .summary('list interrupted changes, and why they are not run')
    .option('--discard <id>', 'remove this entry from the list; nothing of the change is undone')
    .addHelpText('after', examples('latchkey interrupted', 'latchkey interrupted --discard 5d41402abc4b2a76'))
    .action((options: Options) => {
      const { discard } = options
      // Listing needs no passphrase; entries that can be checked only with an unlocked vault are shown as waiting.
      return discard === undefined
        ? runner.run('interrupted', options, 'records', list)
        : runner.run('interrupted', options, 'journal', (services) => discardEntry(services, discard))
    })
}

async function list({ interrupted }: Services): Promise<Outcome> {
  const { rows, notRun, waiting } = await interrupted.list()
  const hidden = notRun + waiting - rows.length
  const text = [
    ...rows.map(inWords),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    ...(notRun > 0 ? ['To remove an entry without undoing anything: latchkey interrupted --discard ID'] : []),
  ]
  return {
    exitCode: 0,
    json: { interrupted: rows.map(inJson), notRun, waiting },
    text: text.join('\n') || 'No interrupted changes.',
  }
}

async function discardEntry({ interrupted }: Services, text: string): Promise<Outcome> {
  const id = InterruptedId.safeParse(text)
  if (!id.success)
    throw new AppError('invalid-input', 'Expected an ID of 16 hex digits, as printed by: latchkey interrupted')
  const entry = await interrupted.discard(id.data)
  return {
    exitCode: 0,
    json: { discarded: inJson(entry) },
    text: `${discardedSentence(entry)}\n${leftBehind(entry)}`,
  }
}

function inWords(entry: Interrupted): string {
  const started = entry.startedAt === null ? 'at an unknown time' : formatIsoTime(entry.startedAt)
  const why = interruptedReasons[entry.reason]
  return [
    `${entry.id}  ${interruptedTitle(entry)}, started ${started}`,
    ...(isWaiting(entry) ? [`  ${why}`] : [`  Not run: ${why}`, `  ${leftBehind(entry)}`]),
  ].join('\n')
}

const inJson = (entry: Interrupted) => ({
  ...entry,
  waits: isWaiting(entry),
  why: interruptedReasons[entry.reason],
  leftBehind: leftBehind(entry),
})
