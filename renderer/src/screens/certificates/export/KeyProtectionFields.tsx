import { Alert, Checkbox, Text } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { type Destination, destinationFacts, type KeyProtection } from '#shared/model/convert'
import { isChosen, NewPassphrase, nothingTyped, type PassphrasePair } from '../../../vault/NewPassphrase'

interface ProtectionForm {
  typed: PassphrasePair
  plain: boolean
}

export const emptyProtection: ProtectionForm = { typed: nothingTyped, plain: false }

/** What goes to the back end; null while something is missing. */
export function protectionOf(destination: Destination, { typed, plain }: ProtectionForm): KeyProtection | null {
  switch (destinationFacts[destination].protection) {
    case 'nothing-secret':
      return { password: null, plain: false }
    case 'never':
      return plain ? { password: null, plain: true } : null
    case 'choice':
      if (plain) return { password: null, plain: true }
      return isChosen(typed) ? { password: typed.first, plain: false } : null
    case 'password':
      return isChosen(typed) ? { password: typed.first, plain: false } : null
  }
}

interface FieldsProps {
  destination: Destination
  value: ProtectionForm
  onChange(value: ProtectionForm): void
}

/** A password, unless nothing is secret; no password only after reading what that means. */
export function KeyProtectionFields({ destination, value, onChange }: FieldsProps) {
  const { protection } = destinationFacts[destination]
  if (protection === 'nothing-secret')
    return (
      <Text size="sm" c="dimmed">
        It contains nothing secret. You can send it to anyone.
      </Text>
    )
  const mayBePlain = protection !== 'password'
  const isPlain = mayBePlain && value.plain
  return (
    <>
      {!isPlain && protection !== 'never' && (
        <NewPassphrase
          label="Password of the new file"
          typed={value.typed}
          onChange={(typed) => onChange({ ...value, typed })}
        />
      )}
      {mayBePlain && (
        <Checkbox
          label="Leave the private key unencrypted"
          description={protection === 'never' ? 'This format has no effective protection.' : null}
          checked={value.plain}
          onChange={(event) => onChange({ ...value, plain: event.currentTarget.checked })}
        />
      )}
      {isPlain && (
        <Alert role="alert" color="orange" icon={<IconLockOpen aria-hidden />}>
          Whoever gets hold of this file can sign in as you. Delete it as soon as it is where it belongs.
        </Alert>
      )}
    </>
  )
}
