import { Textarea } from '@mantine/core'
import { isEmailAddress } from '#shared/logic/email-address'
import { quoted } from '#shared/logic/isolate'

/** Addresses as they are typed or pasted: one in each line, or with commas between them. */
export const emailsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ''))]

/** The first that is no address; null where all are. */
export const wrongEmail = (emails: string[]): string | null => emails.find((email) => !isEmailAddress(email)) ?? null

export function EmailsField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const wrong = wrongEmail(emailsIn(value))
  return (
    <Textarea
      label="E-mail addresses"
      description="One in each line."
      placeholder="pki@example.com"
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      error={wrong === null ? null : `${quoted(wrong)} is not an e-mail address.`}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
