import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { defaultAlertName } from '#shared/logic/access/alert-words'
import { accessLimits } from '#shared/logic/access/limits'
import { useAnswer } from '../../../api'
import { DestinationsFields } from './DestinationsFields'
import { destinationsOf, noDestinations } from './destinations'
import { WishForm } from './WishForm'

/** A new expiry alert, or further destinations for the one that has this name. */
export function AddAlert({ onClose }: { onClose(): void }) {
  const { data: overview } = useAnswer('cloudflare.overview', undefined)
  const [name, setName] = useState(defaultAlertName)
  const [typed, setTyped] = useState(noDestinations)
  const destinations = destinationsOf(typed)
  return (
    <WishForm
      title="Add an expiry alert"
      intent={
        name.trim() !== '' && destinations !== null ? { kind: 'add-alert', name: name.trim(), destinations } : null
      }
      onClose={onClose}
    >
      <DestinationsFields
        alerting={overview?.alerting ?? { webhooks: [], pagerduty: [] }}
        typed={typed}
        onChange={setTyped}
      />
      <TextInput
        label="Name"
        description="If Cloudflare has an expiry alert of this name, these destinations are added to it."
        value={name}
        maxLength={accessLimits.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        Cloudflare sends it 30 and 14 days before a CA that was uploaded to Access expires. It knows nothing of the
        certificates of people: Latchkey warns of those.
      </Text>
    </WishForm>
  )
}
