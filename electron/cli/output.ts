import { isAppError } from '#shared/errors'
import { redactDetail } from '#shared/failure'
import { withoutIsolation } from '#shared/logic/isolate'
import { neutralise } from '#shared/logic/neutralise'
import { explanationOf, messages } from '#shared/messages'
import { type ExitCode, exitCodeOf } from './exit-codes'
import type { Terminal } from './terminal'

/** Incremented when a field is removed or its meaning changes, but not for new fields. */
const jsonVersion = 2

export interface Outcome {
  exitCode: ExitCode
  /** What `--json` prints, beside `version` and `verb`. */
  json: Record<string, unknown>
  /** What is printed without `--json`. */
  text: string
  /** Additional remarks, printed to standard error so that a pipe gets only `text`. `json` already contains them. */
  notes?: string[]
}

export function printOutcome(terminal: Terminal, command: string, asJson: boolean, outcome: Outcome): void {
  if (asJson)
    terminal.out(
      `${JSON.stringify({ version: jsonVersion, verb: command, ok: outcome.exitCode === 0, ...outcome.json })}\n`,
    )
  else {
    if (outcome.text !== '') terminal.out(`${lines(outcome.text)}\n`)
    for (const note of outcome.notes ?? []) terminal.err(`${lines(`! ${note}`)}\n`)
  }
}

/** Printed to standard error, so that a pipe gets only the outcome. */
export function printProgress(terminal: Terminal, text: string): void {
  terminal.err(`${lines(text)}\n`)
}

/** Prints an `AppError` with its remedy; rethrows any other error. */
export function printError(terminal: Terminal, command: string, asJson: boolean, error: unknown): ExitCode {
  if (!isAppError(error)) throw error
  const { title, remedy } = messages[error.code]
  const shown = redactDetail(error)
  if (asJson) {
    const failure = { code: error.code, title, remedy, detail: shown, done: error.done }
    terminal.out(`${JSON.stringify({ version: jsonVersion, verb: command, ok: false, error: failure })}\n`)
  } else {
    // Further lines of it, as other programs print them, are not taken for Latchkey's own.
    const detail = shown === null ? '' : `\n  (${shown.replaceAll('\n', '\n    ')})`
    terminal.err(`${lines(`${title}\n${explanationOf(error)}${detail}\n${remedy}`)}\n`)
  }
  return exitCodeOf(error.code)
}

/** Text from certificates and servers may contain terminal escapes; line breaks are kept. */
function lines(text: string): string {
  return withoutIsolation(text).split('\n').map(neutralise).join('\n')
}
