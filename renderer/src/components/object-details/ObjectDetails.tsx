import './object-details.css'
import { Alert, Group, Stack, Switch, Title } from '@mantine/core'
import { useState } from 'react'
import { formatFingerprint } from '#shared/logic/formatting'
import type { DetailGroup, ObjectDetails as Details } from '#shared/model/details'
import { CopyButton } from '../CopyButton'
import { DetailRow } from './DetailRow'

/** Everything that a certificate, request, revocation list or key says, field by field. */
export function ObjectDetails({ details }: { details: Details }) {
  const [showsBytes, setShowsBytes] = useState(false)
  return (
    <Stack gap="lg">
      {details.oddities.length > 0 && (
        <Alert color="yellow" title={details.oddities.length === 1 ? 'One thing is odd' : 'Some things are odd'}>
          {details.oddities.map((oddity, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be odd twice, and none of them moves
            <div key={index}>{oddity}</div>
          ))}
        </Alert>
      )}
      {[...details.groups, fingerprintsOf(details)].map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two groups may have one title, and none of them moves
        <section key={index}>
          <Title order={4} size="h5" mb={4}>
            {group.title}
          </Title>
          <dl className="details">
            {group.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an object may say the same twice, and never in another order
              <DetailRow key={index} field={field} showsBytes={showsBytes} />
            ))}
          </dl>
        </section>
      ))}
      <Group justify="space-between">
        <Switch
          label="Show the bytes of each field"
          checked={showsBytes}
          onChange={(event) => setShowsBytes(event.currentTarget.checked)}
        />
        {details.pem !== null && <CopyButton label="Copy all of it (PEM)" text={details.pem} />}
      </Group>
    </Stack>
  )
}

const names = { sha256: 'SHA-256', sha1: 'SHA-1', md5: 'MD5' } as const

function fingerprintsOf({ fingerprints }: Details): DetailGroup {
  const fields = (['sha256', 'sha1', 'md5'] as const).map((id) => ({
    id: `fingerprint.${id}`,
    label: names[id],
    value: formatFingerprint(fingerprints[id]),
    raw: null,
    oid: null,
    critical: null,
  }))
  return { title: 'Fingerprints', fields }
}
