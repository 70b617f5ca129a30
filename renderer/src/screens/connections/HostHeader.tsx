import { Badge, Button, Group, Text, Title } from '@mantine/core'
import { IconExternalLink, IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { formatAddress, formatConnectTo, shortAddress } from '#shared/logic/address'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { useAction, useAnswer } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNoticedAction } from '../../components/failure-notice'
import { LabelLine } from '../../components/label/LabelLine'
import { MoreMenu } from '../../components/MoreMenu'
import { OpenModal } from '../../components/OpenModal'
import { type ThingAction, ThingMenuItems, useShownThing } from '../../components/shown-thing'
import textStyles from '../../components/text.module.css'
import { BrowserPolicy } from '../certificates/browser-policy/BrowserPolicy'
import { policyAction, policyIssuer } from '../certificates/browser-policy/policy-action'
import { siteName } from './arrange-hosts'
import { DeleteSites } from './DeleteSites'
import { HostForm } from './HostForm'
import styles from './HostHeader.module.css'
import { TestedLine } from './TestedLine'
import type { ConnectionTest } from './use-connection-test'

interface HostHeaderProps {
  host: Host
  test: ConnectionTest
  /** The report that is shown below. */
  tested: ProbeReport | null
  isLatest: boolean
}

export function HostHeader({ host, test, tested, isLatest }: HostHeaderProps) {
  const [asking, setAsking] = useState<'edit' | 'delete' | 'browser-policy' | null>(null)
  const open = useAction('connections.openInBrowser')
  const close = () => setAsking(null)
  const used = useAnswer('identities.detail', { identity: host.identity ?? '' }, { enabled: host.identity !== null })
  const detail = host.identity === null ? undefined : used.data
  const issuer = detail === undefined ? null : policyIssuer(detail)
  const actions: ThingAction[] = host.practice
    ? []
    : [
        {
          id: 'browse',
          label: 'Open in browser',
          words: 'visit chrome firefox link url',
          Icon: IconExternalLink,
          run: () => open.mutate({ host: host.id }),
        },
        ...(issuer === null ? [] : [policyAction(() => setAsking('browser-policy'))]),
        {
          id: 'edit',
          label: 'Edit…',
          words: 'change rename label tag note address group connect',
          Icon: IconPencil,
          run: () => setAsking('edit'),
        },
        {
          id: 'delete',
          label: 'Delete…',
          words: 'remove trash',
          Icon: IconTrash,
          isDangerous: true,
          run: () => setAsking('delete'),
        },
      ]
  const testNow: ThingAction = {
    id: 'test',
    label: 'Test connection',
    words: 'check connect try again handshake curl run',
    Icon: IconPlugConnected,
    run: test.run,
  }
  useShownThing({ id: host.id, name: siteName(host) }, test.isRunning ? actions : [testNow, ...actions])
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap={6} wrap="nowrap" className={styles.title}>
          <Title order={2} size="h1" className={textStyles.wrap}>
            <bdi>{siteName(host)}</bdi>
          </Title>
          <CopyButton iconOnly label="Copy the link" text={formatAddress(host)} />
        </Group>
        {host.practice ? (
          <Badge color="indigo">Practice</Badge>
        ) : (
          <MoreMenu label="More for this site">
            <ThingMenuItems actions={actions} />
          </MoreMenu>
        )}
      </Group>
      {host.name !== null && (
        <Text size="sm" c="dimmed" className={textStyles.wrap}>
          {shortAddress(host)}
        </Text>
      )}
      <LabelLine tags={host.tags} note={host.note} />
      {tested !== null && <TestedLine report={tested} isLatest={isLatest} />}
      {host.connectTo !== null && !host.practice && (
        <Text size="sm" c="dimmed">
          Reached at {formatConnectTo(host.connectTo)}
        </Text>
      )}
      {host.pinnedKey !== null && !host.practice && <PinnedKey host={host} />}
      {open.error !== null && <ErrorNotice error={open.error} />}
      {asking === 'edit' && (
        <OpenModal onClose={close} title="Edit this site">
          <HostForm host={host} onSaved={close} onCancel={close} />
        </OpenModal>
      )}
      {asking === 'browser-policy' && detail !== undefined && issuer !== null && (
        <BrowserPolicy detail={detail} issuer={issuer} site={host.id} onClose={close} />
      )}
      {asking === 'delete' && <DeleteSites hosts={[host]} onClose={close} />}
    </div>
  )
}

function PinnedKey({ host }: { host: Host }) {
  const pin = useNoticedAction('hosts.pin', 'The key was not forgotten.')
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        You accepted this server’s own key.
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={pin.isPending}
        onClick={() => pin.mutate({ host: host.id, key: null })}
      >
        Forget this key
      </Button>
    </Group>
  )
}
