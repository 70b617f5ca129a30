import { PasswordInput } from '@mantine/core'

/** Asked for each time that something is written: it is used once and not stored. */
export function WriteTokenField({ value, onChange }: { value: string; onChange(token: string): void }) {
  return (
    <PasswordInput
      label="Write token"
      description="Used for this plan only. Not stored."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      maxLength={1000}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
