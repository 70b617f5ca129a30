import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { SigningError } from '../fields/IssuerPassphrase'
import { isComplete, SigningFields, type SigningForm } from '../fields/SigningFields'
import signing from '../fields/signing.module.css'
import styles from './issue.module.css'
import { canBeSigned, type ReviewEntry, willBeSigned } from './request-review'
import type { UnlockedForBatch } from './use-unlocked-key'

interface SignBarProps {
  issuer: AuthoritySummary
  all: ReviewEntry[]
  /** How many of the ticked ones name themselves and have not been on the screen yet. */
  unseen: number
  form: SigningForm
  error: unknown
  unlocked: UnlockedForBatch
  /** How many were signed while the key stayed unlocked. */
  signed: number
  onChange(form: SigningForm): void
  onSign(): void
  onFinish(): void
}

/** The last step, always in sight: how long, and the passphrase. */
export function SignBar({
  issuer,
  all,
  unseen,
  form,
  error,
  onChange,
  onSign,
  onFinish,
  unlocked,
  signed,
}: SignBarProps) {
  const able = all.filter(canBeSigned).length
  const chosen = all.filter(willBeSigned).length
  const isReady = chosen > 0 && unseen === 0 && isComplete(issuer, form, unlocked.isHeld)
  return (
    <form className={styles.signBar} noValidate onSubmit={whenReady(isReady, onSign)}>
      <Stack gap="sm">
        <div className={signing.fields}>
          <SigningFields issuer={issuer} form={form} onChange={onChange} error={error} until={unlocked.until} />
          <SubmitButton isReady={isReady}>
            {chosen === 0 ? 'Issue' : `Issue ${countOf(chosen, 'certificate')}`}
          </SubmitButton>
        </div>
        {unlocked.isOffered && !unlocked.isHeld && (
          <Checkbox
            size="xs"
            label="Keep the key unlocked for 5 minutes, for these requests only"
            checked={form.keepUnlocked}
            onChange={(event) => onChange({ ...form, keepUnlocked: event.currentTarget.checked })}
          />
        )}
        {signed > 0 && (
          <Group gap="xs">
            <Text size="sm" role="status">
              {countOf(signed, 'certificate')} issued so far.
            </Text>
            <Button size="compact-sm" variant="default" onClick={onFinish}>
              Finish and save
            </Button>
          </Group>
        )}
        <Text size="xs" c="dimmed" role="status">
          {footWords({ able, chosen, unseen, total: all.length })}
        </Text>
        <SigningError error={error} />
      </Stack>
    </form>
  )
}

interface Counts {
  able: number
  chosen: number
  unseen: number
  total: number
}

function footWords({ able, chosen, unseen, total }: Counts): string {
  if (able === 0) return 'None of these requests can be signed.'
  if (unseen > 0) return `${countOf(unseen, 'request')} not shown yet. Scroll to the end first.`
  if (chosen === 0) return 'Matches are ticked. Tick the others once you have compared name and key code.'
  const left = total - chosen
  return left === 0 ? 'Every request is signed.' : `${countOf(left, 'request stays', 'requests stay')} here unsigned.`
}
