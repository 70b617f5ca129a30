import { PasswordInput, Progress, Text } from '@mantine/core'
import { shortestPassphrase, strengthOf } from './passphrase-strength'

export interface TypedTwice {
  first: string
  again: string
}

export const nothingTyped: TypedTwice = { first: '', again: '' }

/** Long enough and the same both times. */
export const isChosen = ({ first, again }: TypedTwice): boolean =>
  [...first].length >= shortestPassphrase && first === again

interface NewPassphraseProps {
  label?: string
  typed: TypedTwice
  onChange(typed: TypedTwice): void
}

/** Typed twice, because a mistyped passphrase locks everything away for good. */
export function NewPassphrase({ label = 'Passphrase', typed, onChange }: NewPassphraseProps) {
  const { first, again } = typed
  const strength = strengthOf(first)
  const differs = again !== '' && again !== first
  return (
    <>
      <PasswordInput
        label={label}
        description="At least eight characters; several words are best."
        value={first}
        maxLength={1024}
        autoComplete="new-password"
        onChange={(event) => onChange({ first: event.currentTarget.value, again })}
      />
      {first !== '' && (
        <div>
          <Progress value={strength.share * 100} color={strength.color} aria-label="Strength of the passphrase" />
          <Text size="sm" mt={4} role="status">
            {strength.words}
          </Text>
        </div>
      )}
      <PasswordInput
        label={`${label} once more`}
        value={again}
        maxLength={1024}
        autoComplete="new-password"
        error={differs ? 'The two are different.' : null}
        onChange={(event) => onChange({ first, again: event.currentTarget.value })}
      />
    </>
  )
}
