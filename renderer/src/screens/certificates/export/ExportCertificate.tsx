import { Select, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { joinNames } from '#shared/logic/formatting'
import { Destination, destinationFacts, destinationNames, destinationWords } from '#shared/model/convert'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { emptyProtection, KeyProtectionFields, protectionOf } from './KeyProtectionFields'

/** To another computer or program: the person says where it goes, and the right form follows from that. */
export function ExportCertificate({ detail, onClose }: { detail: IdentityDetail; onClose(): void }) {
  const places = placesFor(detail)
  const [destination, setDestination] = useState<Destination | null>(places[0]?.value ?? null)
  const [protecting, setProtecting] = useState(emptyProtection)
  const save = useAction('identities.export')
  const protection = destination === null ? null : protectionOf(destination, protecting)

  function submit() {
    if (destination === null || protection === null) return
    save.mutate(
      { identity: detail.summary.id, destination, protection },
      {
        onSuccess: ({ names }) => {
          if (names.length === 0) return
          onClose()
          notifications.show({ color: 'teal', title: `Saved as ${joinNames(names)}.`, message: detail.summary.name })
        },
      },
    )
  }

  return (
    <OpenModal onClose={onClose} title={`Export “${detail.summary.name}”`} closeOnClickOutside={false}>
      <AskForm
        action="Save…"
        isReady={protection !== null}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Select
          label="Destination"
          data={places}
          value={destination}
          allowDeselect={false}
          description={destination === null ? null : `${destinationWords[destination]}.`}
          nothingFoundMessage="Nothing to export"
          data-autofocus
          onChange={(value) => setDestination(places.find((place) => place.value === value)?.value ?? null)}
        />
        {destination === null ? (
          <Text size="sm">Latchkey has neither the certificate nor its key.</Text>
        ) : (
          <KeyProtectionFields destination={destination} value={protecting} onChange={setProtecting} />
        )}
        {save.error !== null && <ErrorNotice error={save.error} />}
      </AskForm>
    </OpenModal>
  )
}

interface Place {
  value: Destination
  label: string
}

/** Where this certificate can go with what is here of it. */
const placesFor = ({ certificate, summary }: IdentityDetail): Place[] =>
  Destination.options
    .filter((destination) => {
      const { needs } = destinationFacts[destination]
      const hasCertificate = needs === 'key' || certificate !== null
      const hasKey = needs === 'certificate' || summary.keyInVault
      return hasCertificate && hasKey
    })
    .map((value) => ({ value, label: destinationNames[value] }))
