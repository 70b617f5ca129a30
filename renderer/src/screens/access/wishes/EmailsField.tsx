import { Textarea } from '@mantine/core'
import { emailsIn, faultOfEmails } from './wish-input'

export function EmailsField({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <Textarea
      label="E-mail addresses"
      description="One in each line."
      placeholder="pki@example.com"
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      error={faultOfEmails(emailsIn(value))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
