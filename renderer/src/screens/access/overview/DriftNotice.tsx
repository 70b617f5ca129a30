import { Button, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf, formatDay } from '#shared/logic/formatting'
import type { Drift } from '#shared/model/access-look'
import type { AccessOverview } from '#shared/model/access-screen'
import { useAction } from '../../../api'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import styles from '../access.module.css'

/** What somebody else has changed since the last look. */
export function DriftNotice({ overview: { drift, rows } }: { overview: AccessOverview }) {
  const [isOpen, setOpen] = useState(false)
  if (drift.changes.length === 0 || drift.since === null) return null
  const hostnames = new Set(rows.flatMap(({ hostname, changes }) => (changes.length > 0 ? [hostname] : []))).size
  const what =
    hostnames > 0
      ? `${countOf(hostnames, 'hostname')} changed since you last looked`
      : `${countOf(drift.changes.length, 'change')} since you last looked`
  return (
    <div className={styles.notice} role="status">
      <IconAlertTriangle size={18} aria-hidden />
      <span className={styles.grow}>
        <strong>{what}</strong> on {formatDay(drift.since)}. Latchkey has no record of making these changes.
      </span>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Review changes
      </Button>
      {isOpen && <ReviewChanges changes={drift.changes} onClose={() => setOpen(false)} />}
    </div>
  )
}

function ReviewChanges({ changes, onClose }: { changes: Drift[]; onClose(): void }) {
  const accept = useAction('cloudflare.acceptChanges')
  return (
    <OpenModal onClose={onClose} title="Changes since you last looked" size="lg">
      <Stack>
        <List size="sm" spacing="xs">
          {changes.map((change) => (
            <List.Item key={`${change.what} ${change.id}`}>
              <Text fw={600} size="sm">
                {titleOf(change)}
              </Text>
              <Text size="sm" c="dimmed">
                {detailOf(change)}
              </Text>
            </List.Item>
          ))}
        </List>
        {accept.error !== null && <ErrorNotice error={accept.error} />}
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button
            data-autofocus
            loading={accept.isPending}
            onClick={() => accept.mutate(undefined, { onSuccess: onClose })}
          >
            Mark as seen
          </Button>
        </DialogButtons>
      </Stack>
    </OpenModal>
  )
}

const nouns: Readonly<Record<Drift['what'], string>> = {
  CA: 'CA',
  hostname: 'Hostname setting',
  application: 'Application',
  policy: 'Policy',
  group: 'Rule group',
  organisation: 'Organisation',
  zone: 'Zone',
  'expiry alert': 'Expiry alert',
}

const titleOf = ({ what, name, change }: Drift): string => `${nouns[what]} ${name}: ${change}`

function detailOf({ change, fields, before, after }: Drift): string {
  const words = [before ?? '', after ?? ''].map((text) => text || 'nothing')
  if (change !== 'changed') return (before ?? after) || ''
  if (before === after) return `Fields: ${fields.join(', ')}`
  return `Before: ${words[0]}. Now: ${words[1]}.`
}
