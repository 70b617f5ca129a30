import { PasswordInput } from '@mantine/core'

interface WriteTokenProps {
  value: string
  /** What it is asked for. A test needs one permission alone. */
  use?: 'plan' | 'test'
  onChange(token: string): void
}

const descriptions = {
  plan: 'Used for this plan only. Not stored.',
  test: 'Needs the permission “Notifications Write”. Used for this test only. Not stored.',
}

/** Asked for each time that something is written: it is used once and not stored. */
export function WriteTokenField({ value, use = 'plan', onChange }: WriteTokenProps) {
  return (
    <PasswordInput
      label="Write token"
      description={descriptions[use]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required
      withAsterisk={false}
      value={value}
      maxLength={1000}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
