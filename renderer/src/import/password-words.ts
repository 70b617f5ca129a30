import { messages } from '#shared/messages'
import { hasCode } from '../api'

/** Below the field for the password of files: what is wrong with it; null for an error that is about something else. */
export function passwordWords(error: unknown): string | null {
  const code = (['password-needed', 'wrong-password'] as const).find((each) => hasCode(error, each))
  if (code === undefined) return null
  const { title, remedy } = messages[code]
  return `${title} ${remedy}`
}
