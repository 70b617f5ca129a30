import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { countOf, formatCount } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import { SigningError } from '../fields/IssuerPassphrase'
import { isComplete, SigningFields, type SigningForm } from '../fields/SigningFields'
import signing from '../fields/signing.module.css'
import styles from './issue.module.css'
import { canBeSigned, type ReviewEntry, willBeSigned } from './request-review'

interface SignBarProps {
  issuer: AuthoritySummary
  all: ReviewEntry[]
  /** How many that name themselves have not been on the screen yet. */
  unseen: number
  form: SigningForm
  error: unknown
  onChange(form: SigningForm): void
  onCheckAll(isChecked: boolean): void
  onSign(): void
}

/** The last step, always in sight: how long, and the passphrase. */
export function SignBar({ issuer, all, unseen, form, error, onChange, onCheckAll, onSign }: SignBarProps) {
  const able = all.filter(canBeSigned).length
  const chosen = all.filter(willBeSigned).length
  const isReady = chosen > 0 && isComplete(issuer, form)
  return (
    <form
      className={styles.signBar}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onSign()
      }}
    >
      <Stack gap="sm">
        {able > 1 && (
          <Checkbox
            label={`I have compared the names and key codes of all ${formatCount(able)}.`}
            description={unseen > 0 ? `${countOf(unseen, 'request')} not shown yet: scroll to the end first.` : null}
            checked={chosen === able}
            indeterminate={chosen > 0 && chosen < able}
            disabled={unseen > 0 && chosen < able}
            onChange={(event) => onCheckAll(event.currentTarget.checked)}
          />
        )}
        <div className={signing.fields}>
          <SigningFields issuer={issuer} form={form} onChange={onChange} error={error} />
          <Button type="submit" disabled={!isReady}>
            {chosen === 0 ? 'Sign' : `Sign ${countOf(chosen, 'certificate')}`}
          </Button>
        </div>
        {chosen === 0 && able > 0 && (
          <Text size="xs" c="dimmed">
            Tick what you have compared.
          </Text>
        )}
        <SigningError error={error} />
      </Stack>
    </form>
  )
}
