import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { SavedFiles } from '#shared/logic/export-commands'
import { joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import {
  type Destination,
  destinationFacts,
  destinationNames,
  destinationsFor,
  destinationWords,
  type KeyProtection,
} from '#shared/model/convert'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OffByPolicy, useRestriction } from '../../../components/OffByPolicy'
import { OpenModal } from '../../../components/OpenModal'
import { emptyProtection, KeyProtectionFields, protectionOf } from './KeyProtectionFields'
import { SavedExport } from './SavedExport'

interface ExportProps {
  detail: IdentityDetail
  onClose(): void
}

/** To another computer or program: the person says where it goes, and the right form and the command follow from that. */
export function ExportCertificate({ detail, onClose }: ExportProps) {
  const [saved, setSaved] = useState<Omit<SavedFiles, 'site'> | null>(null)
  const title = saved === null ? `Export ${quoted(detail.summary.name)}` : `Saved as ${joinNames(saved.names)}`
  return (
    <OpenModal
      onClose={onClose}
      title={title}
      about={saved === null ? 'ask' : 'saved'}
      size="lg"
      closeOnClickOutside={false}
    >
      {saved === null ? (
        <AskForExport detail={detail} onClose={onClose} onSaved={setSaved} />
      ) : (
        <SavedExport saved={saved} tests={detail.tests} onClose={onClose} />
      )}
    </OpenModal>
  )
}

interface AskProps extends ExportProps {
  onSaved(saved: Omit<SavedFiles, 'site'>): void
}

function AskForExport({ detail, onClose, onSaved }: AskProps) {
  const { data: info } = useAnswer('app.info', undefined)
  const isKeyHeld = useRestriction('key-export') !== null
  const places = placesFor(detail, { platform: info?.platform ?? 'linux', isKeyHeld })
  const [chosen, setChosen] = useState<Destination | null>(null)
  const destination = chosen ?? places.find(({ disabled }) => !disabled)?.value ?? null
  const [protecting, setProtecting] = useState(emptyProtection)
  const save = useAction('identities.export')
  const isWithoutKey =
    destination !== null &&
    !detail.summary.keyInVault &&
    destinationFacts[destination].needs === 'certificate-with-any-key'
  const protection =
    destination === null ? null : isWithoutKey ? nothingToProtect : protectionOf(destination, protecting)

  function submit() {
    if (destination === null || protection === null) return
    const key = keyIn(detail, destination, protection)
    save.mutate(
      { identity: detail.summary.id, destination, protection },
      { onSuccess: ({ names }) => names.length > 0 && onSaved({ destination, names, key }) },
    )
  }

  return (
    <AskForm action="Save…" isReady={protection !== null} isBusy={save.isPending} onSubmit={submit} onCancel={onClose}>
      <OffByPolicy what="key-export" label="Private keys stay on this computer" />
      <Select
        label="Export for"
        data={places}
        value={destination}
        allowDeselect={false}
        maxDropdownHeight="clamp(120px, 100vh - 258px, 345px)"
        styles={{ option: { paddingBlock: 3 } }}
        description={destination === null ? null : `${destinationWords[destination]}.`}
        data-autofocus
        onChange={(value) => setChosen(places.find((place) => place.value === value)?.value ?? null)}
      />
      {destination === null ? (
        <Text size="sm">Latchkey has neither the certificate nor its key.</Text>
      ) : (
        !isWithoutKey && <KeyProtectionFields destination={destination} value={protecting} onChange={setProtecting} />
      )}
      {save.error !== null && <ErrorNotice error={save.error} />}
    </AskForm>
  )
}

/** The certificate alone: its key is not here. */
const nothingToProtect: KeyProtection = { password: null, plain: true }

interface Place {
  value: Destination
  label: string
  disabled: boolean
}

interface Surroundings {
  platform: Parameters<typeof destinationsFor>[0]
  /** The policy of this computer lets no key out. */
  isKeyHeld: boolean
}

/** All destinations; those that need what is not here, or may not leave, cannot be chosen. */
const placesFor = ({ certificate, summary }: IdentityDetail, { platform, isKeyHeld }: Surroundings): Place[] =>
  destinationsFor(platform).map((value) => {
    const { needs } = destinationFacts[value]
    const hasCertificate = needs === 'key' || certificate !== null
    const hasKey = needs === 'certificate' || needs === 'certificate-with-any-key' || summary.keyInVault
    const mayLeave = needs === 'certificate' || !isKeyHeld
    return { value, label: destinationNames[value], disabled: !(hasCertificate && hasKey && mayLeave) }
  })

/** How the key stands in the files that were saved. */
function keyIn({ summary }: IdentityDetail, destination: Destination, { plain }: KeyProtection): SavedFiles['key'] {
  const { needs } = destinationFacts[destination]
  if (needs === 'certificate' || !summary.keyInVault) return 'none'
  return plain ? 'plain' : 'encrypted'
}
