import { Alert, Badge, Group, Stack, Switch, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { formatFingerprint } from '#shared/logic/formatting'
import type { DetailField, DetailGroup, ObjectDetails as Details } from '#shared/model/details'
import { CopyButton } from '../CopyButton'
import { Octets } from '../Octets'
import textStyles from '../text.module.css'
import styles from './ObjectDetails.module.css'

interface ObjectDetailsProps {
  details: Details
  /** One below the heading that they stand under. */
  headings?: 3 | 4
}

/** Everything that a certificate, request, revocation list or key says, field by field. */
export function ObjectDetails({ details, headings = 4 }: ObjectDetailsProps) {
  const [showsBytes, setShowsBytes] = useState(false)
  return (
    <Stack gap="lg">
      {details.oddities.length > 0 && (
        <Alert
          color="yellow"
          title={details.oddities.length === 1 ? 'One thing is unusual' : 'Some things are unusual'}
        >
          {details.oddities.map((oddity, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be odd twice, and none of them moves
            <div key={index}>{oddity}</div>
          ))}
        </Alert>
      )}
      {[...details.groups, fingerprintsOf(details)].map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two groups may have one title, and none of them moves
        <section key={index}>
          <Title order={headings} size="h5" mb={4}>
            {group.title}
          </Title>
          <dl className={styles.details}>
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
        {details.pem !== null && <CopyButton label="Copy as PEM" text={details.pem} />}
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

/** One statement: its name, its words, its bytes where wanted, and a button that copies the words. */
function DetailRow({ field, showsBytes }: { field: DetailField; showsBytes: boolean }) {
  const { label, value, raw, oid, critical } = field
  const isCode = /^([0-9A-F]{2}:)+[0-9A-F]{2}$/mu.test(value)
  return (
    <div className={styles.row}>
      <dt title={oid ?? undefined}>
        {label}
        {critical === true && (
          <Badge size="xs" variant="light" ml={6}>
            critical
          </Badge>
        )}
      </dt>
      <dd>
        <div className={styles.words}>
          <span className={isCode ? `${textStyles.lines} ${textStyles.mono}` : textStyles.lines}>
            <Octets text={value} />
          </span>
          {showsBytes && raw !== null && (
            <Text component="div" className={`${textStyles.mono} ${styles.bytes}`} c="dimmed">
              {raw}
            </Text>
          )}
        </div>
        <CopyButton iconOnly label={`Copy: ${label}`} text={showsBytes && raw !== null ? raw : value} />
      </dd>
    </div>
  )
}
