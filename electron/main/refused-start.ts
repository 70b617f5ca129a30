import { app, dialog } from 'electron'
import type { AppError } from '#shared/errors'
import { redactDetail } from '#shared/failure'
import { messages } from '#shared/messages'

/** As the CLI: something is unavailable. */
const UNAVAILABLE = 3

/** What a start is refused for, on standard error too: whoever starts the window from a terminal looks there. */
export function printRefusal(refusal: AppError): void {
  console.error(`Latchkey: ${sentencesOf(refusal).join(' ')}`)
}

function sentencesOf(refusal: AppError): string[] {
  const { title, remedy } = messages[refusal.code]
  return [title, redactDetail(refusal) ?? '', remedy].filter((sentence) => sentence !== '')
}

/**
 * Where no window can open, since the browser engine finds no folder to write to. Once the app is ready; before that, Linux
 * shows no dialog.
 */
export function showRefusal(refusal: AppError): void {
  const [title = '', ...sentences] = sentencesOf(refusal)
  dialog.showErrorBox(title, sentences.join('\n\n'))
  app.exit(UNAVAILABLE)
}
