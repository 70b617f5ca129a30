import { ActionIcon, Badge, Button, Group, Modal, Text, Title, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formatAddress, hostHeader } from '#shared/logic/address'
import { formatAgo } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import { useAnswer } from '../../api'
import layout from '../../components/layout.module.css'
import { SearchField } from '../../components/SearchField'
import textStyles from '../../components/text.module.css'
import { useNow } from '../../components/use-now'
import { useNavigation } from '../../navigation'
import { HostForm } from './HostForm'
import { HostGroups } from './HostGroups'
import styles from './HostList.module.css'
import { useTestOf } from './running-tests'
import { siteBadge } from './site-badge'
import { cancelTestAll, testAll, useTestAll } from './test-all'

export function HostList({ hosts, selected }: { hosts: Host[]; selected: string | null }) {
  const { go } = useNavigation()
  const [search, setSearch] = useState('')
  const [isAdding, setAdding] = useState(false)
  const wanted = search.trim().toLowerCase()
  const shown = hosts.filter((host) => `${formatAddress(host)} ${host.group?.toLowerCase() ?? ''}`.includes(wanted))
  return (
    <section className={layout.splitList} aria-label="Sites">
      <div className={layout.splitHead}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1}>Sites</Title>
          {hosts.length > 1 && <TestAllButton hosts={hosts} />}
          <Tooltip label="Add a site">
            <ActionIcon variant="filled" size="lg" aria-label="Add a site" onClick={() => setAdding(true)}>
              <IconPlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        {hosts.length > 6 && <SearchField label="Search sites" value={search} onChange={setSearch} />}
      </div>
      <div className={layout.splitRows}>
        <HostGroups
          hosts={shown}
          row={(host) => (
            <HostRow
              host={host}
              isSelected={host.id === selected}
              onSelect={() => go({ screen: 'connections', host: host.id, report: null })}
            />
          )}
        />
        {shown.length === 0 && <Text c="dimmed">No results</Text>}
      </div>
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Add a site">
        <HostForm
          host={null}
          onSaved={({ id }) => {
            setAdding(false)
            go({ screen: 'connections', host: id, report: null })
          }}
        />
      </Modal>
    </section>
  )
}

function TestAllButton({ hosts }: { hosts: Host[] }) {
  const { data } = useAnswer('identities.list', { limit: 1000 })
  const running = useTestAll()
  if (running !== null)
    return (
      <Button size="xs" variant="default" ml="auto" onClick={() => cancelTestAll()}>
        Cancel ({running.done} of {running.total})
      </Button>
    )
  const certificates = data?.rows.filter(({ sha256 }) => sha256 !== null) ?? []
  return (
    <Button size="xs" variant="default" ml="auto" onClick={() => void testAll(hosts, certificates)}>
      Test all
    </Button>
  )
}

interface HostRowProps {
  host: Host
  isSelected: boolean
  onSelect(): void
}

function HostRow({ host, isSelected, onSelect }: HostRowProps) {
  const now = useNow()
  const isRunning = useTestOf(host.id).job !== null
  return (
    <UnstyledButton className={layout.row} aria-current={isSelected ? 'true' : undefined} onClick={onSelect}>
      <span className={layout.rowName}>{hostHeader(host)}</span>
      {host.path !== '/' && (
        <Text component="div" size="xs" c="dimmed" className={textStyles.wrap}>
          {host.path}
        </Text>
      )}
      <span className={styles.state}>
        {isRunning ? <Badge color="indigo">Testing…</Badge> : <StateBadge host={host} />}
        {!isRunning && host.lastTestAt !== null && (
          <Text component="span" size="xs" c="dimmed">
            {formatAgo(host.lastTestAt, now)}
          </Text>
        )}
      </span>
    </UnstyledButton>
  )
}

function StateBadge({ host }: { host: Host }) {
  const { words, color } = siteBadge(host)
  return <Badge color={color}>{words}</Badge>
}
