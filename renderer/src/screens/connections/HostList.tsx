import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formatAddress, shortAddress } from '#shared/logic/address'
import { formatAgo } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import { ListRow } from '../../components/ListRow'
import layout from '../../components/layout.module.css'
import { OpenModal } from '../../components/OpenModal'
import { SearchField } from '../../components/SearchField'
import { useListKeys } from '../../components/use-list-keys'
import { useNow } from '../../components/use-now'
import { useNavigation } from '../../navigation'
import { HostForm } from './HostForm'
import { HostGroups } from './HostGroups'
import { useTestOf } from './running-tests'
import { siteBadge } from './site-badge'
import { cancelTestAll, useTestAll } from './test-all'
import { useStartTestAll } from './use-start-test-all'

export function HostList({ hosts, selected }: { hosts: Host[]; selected: string | null }) {
  const { go } = useNavigation()
  const press = useListKeys()
  const [search, setSearch] = useState('')
  const [isAdding, setAdding] = useState(false)
  const wanted = search.trim().toLowerCase()
  const shown = hosts.filter((host) => `${formatAddress(host)} ${host.group?.toLowerCase() ?? ''}`.includes(wanted))
  return (
    <>
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are a shortcut; every row is a button of its own */}
      <div className={layout.splitRows} onKeyDown={press}>
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
      {isAdding && (
        <OpenModal onClose={() => setAdding(false)} title="Add a site">
          <HostForm
            host={null}
            onCancel={() => setAdding(false)}
            onSaved={({ id }) => {
              setAdding(false)
              go({ screen: 'connections', host: id, report: null })
            }}
          />
        </OpenModal>
      )}
    </>
  )
}

function TestAllButton({ hosts }: { hosts: Host[] }) {
  const start = useStartTestAll()
  const running = useTestAll()
  if (running !== null)
    return (
      <Button size="xs" variant="default" ml="auto" onClick={() => cancelTestAll()}>
        Cancel ({running.done} of {running.total})
      </Button>
    )
  return (
    <Button size="xs" variant="default" ml="auto" onClick={() => start(hosts)}>
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
    <ListRow
      name={shortAddress(host)}
      line={host.lastTestAt === null ? '' : `Tested ${formatAgo(host.lastTestAt, now)}`}
      badge={isRunning ? { words: 'Testing…', color: 'indigo' } : siteBadge(host)}
      isChosen={isSelected}
      onChoose={onSelect}
    />
  )
}
