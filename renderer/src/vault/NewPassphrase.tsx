import { PasswordInput, Progress, Text } from '@mantine/core'

export interface PassphrasePair {
  first: string
  again: string
}

export const nothingTyped: PassphrasePair = { first: '', again: '' }

/** Long enough and the same both times. */
export const isChosen = ({ first, again }: PassphrasePair): boolean =>
  [...first].length >= MIN_PASSPHRASE_LENGTH && first === again

interface NewPassphraseProps {
  label?: string
  typed: PassphrasePair
  onChange(typed: PassphrasePair): void
}

/** Typed twice, because a mistyped passphrase locks everything away for good. */
export function NewPassphrase({ label = 'Passphrase', typed, onChange }: NewPassphraseProps) {
  const { first, again } = typed
  const strength = strengthOf(first)
  // Said as an error once the second one is being typed, too.
  const isTooShort = again !== '' && [...first].length < MIN_PASSPHRASE_LENGTH
  const differs = again !== '' && again !== first
  return (
    <>
      <PasswordInput
        label={label}
        description="At least eight characters; several words are best."
        value={first}
        error={isTooShort ? 'Use at least eight characters.' : null}
        required
        withAsterisk={false}
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
        label={`Confirm ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
        value={again}
        required
        withAsterisk={false}
        maxLength={1024}
        autoComplete="new-password"
        error={differs ? 'The two entries do not match.' : null}
        onChange={(event) => onChange({ first, again: event.currentTarget.value })}
      />
    </>
  )
}

const MIN_PASSPHRASE_LENGTH = 8

interface Strength {
  share: number
  color: 'red' | 'orange' | 'teal'
  words: string
}

/** A rough guide, from length and variety; the only hard rule is the shortest length. */
function strengthOf(passphrase: string): Strength {
  const length = [...passphrase].length
  const variety = new Set(passphrase).size
  const worth = Math.min(length, variety * 1.6)
  if (length < MIN_PASSPHRASE_LENGTH) return { share: Math.max(0.06, length / 24), color: 'red', words: 'Too short' }
  if (worth < 12) return { share: 0.45, color: 'orange', words: 'Weak' }
  if (worth < 18) return { share: 0.75, color: 'teal', words: 'Good' }
  return { share: 1, color: 'teal', words: 'Very good' }
}
