import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import { DaysField } from '../fields/DaysField'
import { isLifetime } from '../fields/days'
import { IssuerPassphrase } from '../fields/IssuerPassphrase'
import { SigningError } from '../fields/SigningError'
import { canBeSigned, type Reviewed, willBeSigned } from './review'

interface SignBarProps {
  issuer: AuthoritySummary
  all: Reviewed[]
  /** How many that name themselves have not been on the screen yet. */
  unseen: number
  days: number
  error: unknown
  onDays(days: number): void
  onCheckAll(isChecked: boolean): void
  onSign(passphrase: string): void
}

/** The last step, always in sight: how long, and the passphrase. */
export function SignBar({ issuer, all, unseen, days, error, onDays, onCheckAll, onSign }: SignBarProps) {
  const [passphrase, setPassphrase] = useState('')
  const able = all.filter(canBeSigned).length
  const chosen = all.filter(willBeSigned).length
  const isReady = chosen > 0 && passphrase !== '' && isLifetime(days)
  return (
    <form
      className="sign-bar"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onSign(passphrase)
      }}
    >
      <Stack gap="sm">
        {able > 1 && (
          <Checkbox
            label={`I have compared the names and key codes of all ${able}.`}
            description={
              unseen > 0 ? `${countOf(unseen, 'request')} not looked at yet: scroll to the end first.` : null
            }
            checked={chosen === able}
            indeterminate={chosen > 0 && chosen < able}
            disabled={unseen > 0 && chosen < able}
            onChange={(event) => onCheckAll(event.currentTarget.checked)}
          />
        )}
        <div className="sign-fields">
          <DaysField days={days} onChange={onDays} issuerEnds={issuer.notAfter} />
          <IssuerPassphrase issuer={issuer.name} value={passphrase} onChange={setPassphrase} error={error} />
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
