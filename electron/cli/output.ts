import { isAppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { messages, redactDetail } from '#shared/messages'
import { type ExitCode, exitCodeOf } from './exit-codes'
import type { Terminal } from './terminal'

/** Raised when the meaning of a field changes or a field goes; new fields alone do not raise it. */
const jsonVersion = 1

export interface Outcome {
  exitCode: ExitCode
  /** What `--json` prints, beside `version` and `verb`. */
  json: Record<string, unknown>
  /** What a person reads. */
  text: string
  /** What a person should know besides: on the error output, so that a pipe gets the text alone. In `json` already. */
  notes?: string[]
}

export function printOutcome(terminal: Terminal, verb: string, asJson: boolean, outcome: Outcome): void {
  if (asJson)
    terminal.out(`${JSON.stringify({ version: jsonVersion, verb, ok: outcome.exitCode === 0, ...outcome.json })}\n`)
  else {
    if (outcome.text !== '') terminal.out(`${lines(outcome.text)}\n`)
    for (const note of outcome.notes ?? []) terminal.err(`${lines(`! ${note}`)}\n`)
  }
}

/** What is about to be done; on the error output, so that a pipe gets the outcome alone. */
export function printProgress(terminal: Terminal, text: string): void {
  terminal.err(`${lines(text)}\n`)
}

/** A foreseen error in words with its remedy; any other is rethrown. */
export function printError(terminal: Terminal, verb: string, asJson: boolean, error: unknown): ExitCode {
  if (!isAppError(error)) throw error
  const { title, explanation, remedy } = messages[error.code]
  const shown = redactDetail(error)
  if (asJson) {
    const failure = { code: error.code, title, remedy, detail: shown }
    terminal.out(`${JSON.stringify({ version: jsonVersion, verb, ok: false, error: failure })}\n`)
  } else {
    const detail = shown === null ? '' : `\n  (${shown})`
    terminal.err(`${lines(`${title}\n${explanation}${detail}\n${remedy}`)}\n`)
  }
  return exitCodeOf(error.code)
}

/** Text from certificates and servers may carry terminal escapes; line breaks of our own stay. */
function lines(text: string): string {
  return text.split('\n').map(neutralise).join('\n')
}
