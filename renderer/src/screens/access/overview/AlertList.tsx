import { Button, Group, Text } from '@mantine/core'
import { IconBellPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { permissions } from '#shared/logic/access/permission-names'
import { isolated, quoted } from '#shared/logic/isolate'
import type { AccessOverview } from '#shared/model/access-screen'
import { usePlanner } from '../plan/use-planner'
import { ChangeAlert } from '../wishes/ChangeAlert'
import { openWish } from '../wishes/wish-store'
import { Listing } from './Lists'
import { TestAlert } from './TestAlert'

type Alert = NonNullable<AccessOverview['alerting']>['alerts'][number]

/** Cloudflare's own warnings before an uploaded CA expires: whether there is one, to whom it goes, and a test of it. */
export function AlertList({ overview: { alerting, account, unread } }: { overview: AccessOverview }) {
  const [open, setOpen] = useState<{ act: 'test' | 'change'; alert: Alert } | null>(null)
  const { plan, status, isBusy } = usePlanner()
  if (alerting === null)
    return (
      <Text c="dimmed">
        {unread.includes(permissions.notifications)
          ? `Expiry alerts were not read: the token lacks the permission ${quoted(permissions.notifications)}.`
          : 'Expiry alerts were not read: Cloudflare gave no usable answer about them.'}
      </Text>
    )
  const { alerts, obstacle } = alerting
  const rows = alerts.map((alert) => ({
    key: alert.id,
    cells: [
      alert.name,
      alert.isEnabled ? 'On' : 'Off',
      alert.words,
      <Group key="acts" gap={6} justify="flex-end">
        <Act label="Send a test…" of={alert} onClick={() => setOpen({ act: 'test', alert })} />
        <Act label="Change…" of={alert} onClick={() => setOpen({ act: 'change', alert })} />
        <Act
          label="Delete…"
          of={alert}
          isDisabled={isBusy}
          onClick={() => void plan({ kind: 'remove-alert', alert: alert.id })}
        />
      </Group>,
    ],
  }))
  const isWarned = alerts.some(({ isEnabled }) => isEnabled)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" {...(isWarned ? { c: 'dimmed' } : {})}>
          {isWarned
            ? 'Cloudflare sends these 30 and 14 days before an uploaded CA expires.'
            : (obstacle ?? 'Cloudflare warns nobody before an uploaded CA expires.')}
        </Text>
        {obstacle === null && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconBellPlus size={16} aria-hidden />}
            onClick={() => openWish.set({ wish: 'alert', issuer: null })}
          >
            Add an alert…
          </Button>
        )}
      </Group>
      {status}
      <Listing
        label="Expiry alerts"
        columns={['Alert', 'State', 'Sent', 'Actions']}
        rows={rows}
        empty="No alert tells anybody that a CA in Access is about to expire."
      />
      {open?.act === 'test' && <TestAlert account={account} alert={open.alert} onClose={() => setOpen(null)} />}
      {open?.act === 'change' && <ChangeAlert alerting={alerting} alert={open.alert} onClose={() => setOpen(null)} />}
    </>
  )
}

interface ActProps {
  label: string
  of: Alert
  isDisabled?: boolean
  onClick(): void
}

/** Read with the name of its row: there is one of each in every row. */
function Act({ label, of: { name }, isDisabled = false, onClick }: ActProps) {
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${label} ${isolated(name)}`}
      disabled={isDisabled}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
