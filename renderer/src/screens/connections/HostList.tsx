import { ActionIcon, Button, Group, Menu, Title, Tooltip } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { shortAddress } from '#shared/logic/address'
import { countOf, formatAgo } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import type { HostId } from '#shared/model/ids'
import { call } from '../../api'
import { FilterMenu, tagGroup } from '../../components/FilterMenu'
import { ListRow } from '../../components/ListRow'
import { AddTag } from '../../components/label/AddTag'
import layout from '../../components/layout.module.css'
import { NothingFound } from '../../components/NothingFound'
import { RowMenu } from '../../components/RowMenu'
import { SearchField } from '../../components/SearchField'
import { SelectionBar } from '../../components/selection/SelectionBar'
import { SelectItem, SeveralItems } from '../../components/selection/SelectionItems'
import { type Selection, useSelection } from '../../components/selection/use-selection'
import { useListKeys } from '../../components/use-list-keys'
import { useNow } from '../../components/use-now'
import { useNavigation } from '../../navigation'
import { arrangeHosts, filterGroups, isFiltered, noFilter, siteName, tagsOf } from './arrange-hosts'
import { DeleteSites } from './DeleteSites'
import { groupHosts } from './group-hosts'
import { HostGroups } from './HostGroups'
import { useTestOf } from './running-tests'
import { siteBadge } from './site-badge'
import { cancelTestAll, useTestAll } from './test-all'
import { useStartTestAll } from './use-start-test-all'

export function HostList({ hosts, selected }: { hosts: Host[]; selected: HostId | null }) {
  const { go, open } = useNavigation()
  const move = useListKeys()
  const [filter, setFilter] = useState(noFilter)
  const shown = useMemo(() => arrangeHosts(hosts, filter), [hosts, filter])
  const tags = useMemo(() => tagsOf(hosts), [hosts])
  const [tagging, setTagging] = useState<HostId[]>([])
  const [deleting, setDeleting] = useState<HostId[]>([])
  const order = useOrder(shown)
  const selection = useSelection({ order, current: selected, onDelete: setDeleting })
  const chosen = shown.filter(({ id }) => selection.has(id))
  const show = (host: HostId) => go({ screen: 'connections', host, report: null })
  const start = useStartTestAll()
  const several = (id: HostId) =>
    selection.has(id) && (
      <>
        <Menu.Item leftSection={<IconPlugConnected size={16} aria-hidden />} onClick={() => start(chosen)}>
          Test {countOf(chosen.length, 'site')}
        </Menu.Item>
        <SeveralItems
          what={countOf(chosen.length, 'site')}
          onTag={() => setTagging(selection.keys)}
          onDelete={() => setDeleting(selection.keys)}
        />
      </>
    )
  const select = (id: HostId) => <SelectItem onSelect={() => selection.begin(id)} />
  return (
    <>
      <div className={layout.splitHead}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1}>Sites</Title>
          {hosts.length > 1 && <TestAllButton hosts={hosts} />}
          <Tooltip label="Add a site">
            <ActionIcon variant="filled" size="lg" aria-label="Add a site" onClick={() => open('add-site')}>
              <IconPlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        {hosts.length > 6 && (
          <Group gap={8} wrap="nowrap">
            <div className={layout.grows}>
              <SearchField
                label="Search sites"
                value={filter.search}
                onChange={(search) => setFilter({ ...filter, search })}
              />
            </div>
            <FilterMenu
              groups={[
                ...filterGroups(filter, setFilter),
                ...tagGroup(tags, filter.tag, (tag) => setFilter({ ...filter, tag })),
              ]}
              isFiltered={isFiltered(filter)}
              onSelectSeveral={() => selection.begin()}
            />
          </Group>
        )}
      </div>
      <RowMenu order={order} onOpen={show} several={several} more={select}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are a shortcut; every row is a button of its own */}
        <div
          className={layout.splitRows}
          onKeyDown={(event) => {
            selection.press(event)
            move(event)
          }}
        >
          <HostGroups
            hosts={shown}
            row={(host) => (
              <HostRow
                host={host}
                selection={selection}
                isSelected={host.id === selected}
                onSelect={() => show(host.id)}
              />
            )}
          />
          {shown.length === 0 && <NothingFound onClear={() => setFilter(noFilter)} />}
        </div>
      </RowMenu>
      <SelectionBar selection={selection}>
        <Button size="compact-sm" variant="default" onClick={() => start(chosen)}>
          Test
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setTagging(selection.keys)}>
          Add a tag…
        </Button>
        <Button size="compact-sm" color="red" variant="light" onClick={() => setDeleting(selection.keys)}>
          Delete…
        </Button>
      </SelectionBar>
      {deleting.length > 0 && (
        <DeleteSites hosts={hosts.filter(({ id }) => deleting.includes(id))} onClose={() => setDeleting([])} />
      )}
      {tagging.length > 0 && (
        <AddTag
          to={countOf(tagging.length, 'site')}
          known={tags}
          onAdd={(tag) => call('hosts.addTag', { hosts: tagging, tag })}
          onClose={() => setTagging([])}
        />
      )}
    </>
  )
}

/** As the groups show them. The practice site comes and goes with its practice: nothing else is done with it. */
function useOrder(shown: Host[]): HostId[] {
  return useMemo(
    () => groupHosts(shown).flatMap((group) => group.hosts.filter(({ practice }) => !practice).map(({ id }) => id)),
    [shown],
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
  selection: Selection<HostId>
  isSelected: boolean
  onSelect(): void
}

function HostRow({ host, selection, isSelected, onSelect }: HostRowProps) {
  const now = useNow()
  const isRunning = useTestOf(host.id).job !== null
  return (
    <ListRow
      {...(host.practice ? {} : { rowKey: host.id, selection })}
      name={siteName(host)}
      line={siteLine(host, now)}
      badge={isRunning ? { words: 'Testing…', color: 'indigo' } : siteBadge(host)}
      isChosen={isSelected}
      onChoose={onSelect}
    />
  )
}

/** Its address, where the row is called otherwise, and when it was tested. */
function siteLine(host: Host, now: Date): string {
  const tested = host.lastTestAt === null ? [] : [`Tested ${formatAgo(host.lastTestAt, now)}`]
  return [...(host.name === null ? [] : [shortAddress(host)]), ...tested].join(' · ')
}
