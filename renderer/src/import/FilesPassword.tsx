import { PasswordInput } from '@mantine/core'
import { messages } from '#shared/messages'
import { hasCode } from '../api'

interface FilesPasswordProps {
  value: string
  /** Why it did not open them; null where it was not the reason. */
  error: string | null
  onChange(password: string): void
}

/** One password for all chosen files, where they have any. */
export const FilesPassword = ({ value, error, onChange }: FilesPasswordProps) => (
  <PasswordInput
    label="Password of the files"
    description="Only if they have one."
    value={value}
    maxLength={1024}
    autoComplete="off"
    error={error}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

/** Below the field for the password of files: what is wrong with it; null for an error that is about something else. */
export function passwordWords(error: unknown): string | null {
  const code = (['password-needed', 'wrong-password'] as const).find((each) => hasCode(error, each))
  if (code === undefined) return null
  const { title, remedy } = messages[code]
  return `${title} ${remedy}`
}
