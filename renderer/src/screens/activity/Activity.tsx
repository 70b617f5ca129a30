import { Text, ThemeIcon, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf, formatAgo, formatDateTime } from '#shared/logic/formatting'
import type { Activity as Entry } from '#shared/model/activity'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { EmptyScreen } from '../../components/EmptyScreen'
import { SearchField } from '../../components/SearchField'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import styles from './Activity.module.css'
import { activityKinds } from './activity-kinds'

/** What Latchkey did on this computer, the newest first. Nothing here can be changed or removed. */
export function Activity() {
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 150)
  const list = useRows('activity.list', wanted)
  const { rows, total, data, error } = list

  if (data !== undefined && error === null && total === 0 && wanted === '') {
    return (
      <EmptyScreen icon={<IconActivity size={28} aria-hidden />} title="No activity yet">
        Requests, installs, tests and removals are listed here as you make them.
      </EmptyScreen>
    )
  }
  return (
    <div className={styles.activity}>
      <header className={styles.head}>
        <div>
          <Title order={1}>Activity</Title>
          <Text size="sm" c="dimmed" role="status">
            {data === undefined
              ? 'Loading…'
              : wanted === ''
                ? countOf(total, 'entry', 'entries')
                : `${countOf(total, 'entry', 'entries')} found`}
          </Text>
        </div>
        <SearchField label="Search activity" value={search} onChange={setSearch} />
      </header>
      <Answered query={list} keepsData isEmpty={() => total === 0} empty={<Text c="dimmed">No results</Text>}>
        {() => (
          <VirtualList<Entry>
            label="Activity"
            className={styles.rows}
            rows={rows}
            total={total}
            rowHeight={62}
            keyOf={({ id }) => id}
            onEnd={list.fetchMore}
            focusable
          >
            {(entry) => <ActivityRow entry={entry} />}
          </VirtualList>
        )}
      </Answered>
    </div>
  )
}

function ActivityRow({ entry }: { entry: Entry }) {
  const now = useNow()
  const { icon: Icon, color } = activityKinds[entry.kind]
  return (
    <div className={styles.row}>
      <ThemeIcon variant="light" color={color} radius="xl" size={32}>
        <Icon size={17} aria-hidden />
      </ThemeIcon>
      <div className={styles.text}>
        <Text size="sm" fw={600} truncate title={entry.about}>
          {entry.about}
        </Text>
        <Text size="sm" truncate title={entry.sentence}>
          {entry.sentence}
        </Text>
      </div>
      <Text
        size="xs"
        c="dimmed"
        component="time"
        dateTime={entry.at}
        title={formatDateTime(entry.at)}
        className={styles.when}
      >
        {formatAgo(entry.at, now)}
      </Text>
    </div>
  )
}
