import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
import { DestinationsFields } from './DestinationsFields'
import { destinationsOf, typedDestinations } from './destinations'
import { WishForm } from './WishForm'

type Alerting = NonNullable<AccessOverview['alerting']>

interface ChangeAlertProps {
  alerting: Alerting
  alert: Alerting['alerts'][number]
  onClose(): void
}

/** The destinations of an expiry alert, and whether it is on. */
export function ChangeAlert({ alerting, alert, onClose }: ChangeAlertProps) {
  const [typed, setTyped] = useState(() => typedDestinations(alert.destinations))
  const [isEnabled, setEnabled] = useState(alert.isEnabled)
  const destinations = destinationsOf(typed)
  return (
    <WishForm
      title={`Change ${alert.name}`}
      intent={destinations === null ? null : { kind: 'set-alert', alert: alert.id, isEnabled, destinations }}
      onClose={onClose}
    >
      <DestinationsFields alerting={alerting} typed={typed} onChange={setTyped} />
      <Switch label="On" checked={isEnabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
    </WishForm>
  )
}
