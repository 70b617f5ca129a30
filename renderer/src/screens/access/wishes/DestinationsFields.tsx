import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
import { choosable, faultOfChosen, type TypedDestinations } from './destinations'
import { EmailsField } from './EmailsField'
import styles from './wishes.module.css'

interface DestinationsProps {
  alerting: Pick<NonNullable<AccessOverview['alerting']>, 'webhooks' | 'pagerduty'>
  typed: TypedDestinations
  onChange(typed: TypedDestinations): void
}

/** To whom an alert goes: addresses, and what the account has of webhooks and PagerDuty services. */
export function DestinationsFields({ alerting, typed, onChange }: DestinationsProps) {
  return (
    <>
      <EmailsField value={typed.emails} onChange={(emails) => onChange({ ...typed, emails })} />
      <Choice
        label="Webhooks"
        known={alerting.webhooks}
        chosen={typed.webhooks}
        onChange={(webhooks) => onChange({ ...typed, webhooks })}
      />
      <Choice
        label="PagerDuty services"
        known={alerting.pagerduty}
        chosen={typed.pagerduty}
        onChange={(pagerduty) => onChange({ ...typed, pagerduty })}
      />
    </>
  )
}

interface ChoiceProps {
  label: string
  known: DestinationsProps['alerting']['webhooks']
  chosen: string[]
  onChange(chosen: string[]): void
}

function Choice({ label, known, chosen, onChange }: ChoiceProps) {
  // Those that the alert goes to now stay in the list when they are unticked.
  const [first] = useState(chosen)
  const all = choosable(known, first)
  if (all.length === 0) return null
  return (
    <Checkbox.Group label={label} value={chosen} error={faultOfChosen(chosen)} onChange={onChange}>
      <Stack gap="xs" mt={6} className={styles.choices}>
        {all.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
