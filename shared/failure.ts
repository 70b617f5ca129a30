import type { AppError } from './errors'
import type { Failure } from './ipc/contract'
import { redactText } from './logic/redact'
import { messages } from './messages'

/** An error as it crosses to the window. Not beside the words, which the window loads at once. */
export function failureOf(error: AppError): Failure {
  const { code, done } = error
  return { code, message: messages[code].title, detail: redactDetail(error), ...(done === null ? {} : { done }) }
}

/** The detail of an error as it may be shown and copied: it may quote a server. */
export const redactDetail = ({ detail }: AppError): string | null => (detail === null ? null : redactText(detail))
