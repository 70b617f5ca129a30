import { Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { Activity as Entry } from '#shared/model/activity'
import { useRows } from '../../api'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SearchField } from '../../components/SearchField'
import { VirtualList } from '../../components/VirtualList'
import { ActivityRow } from './ActivityRow'
import './activity.css'

/** What Latchkey did on this computer, the newest first. Nothing here can be changed or removed. */
export function Activity() {
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 150)
  const { rows, total, isLoading, error, fetchMore } = useRows('activity.list', wanted)

  if (!isLoading && error === null && total === 0 && wanted === '') {
    return (
      <EmptyScreen icon={<IconActivity size={28} aria-hidden />} title="Nothing has happened yet">
        Requests, installs, tests and removals are listed here as you make them.
      </EmptyScreen>
    )
  }
  return (
    <div className="activity">
      <header className="activity-head">
        <div>
          <Title order={1}>Activity</Title>
          <Text size="sm" c="dimmed" role="status">
            {isLoading
              ? 'Loading'
              : wanted === ''
                ? countOf(total, 'entry', 'entries')
                : `${countOf(total, 'entry', 'entries')} found`}
          </Text>
        </div>
        <SearchField label="Search activity" value={search} onChange={setSearch} />
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {total === 0 && !isLoading && error === null && <Text c="dimmed">Nothing in the list holds “{wanted}”.</Text>}
      <VirtualList<Entry>
        label="Activity"
        className="activity-rows"
        rows={rows}
        total={total}
        rowHeight={62}
        keyOf={({ id }) => id}
        onEnd={fetchMore}
        focusable
      >
        {(entry) => <ActivityRow entry={entry} />}
      </VirtualList>
    </div>
  )
}
