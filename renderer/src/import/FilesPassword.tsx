import { PasswordInput } from '@mantine/core'

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
