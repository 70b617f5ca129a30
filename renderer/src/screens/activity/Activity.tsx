import { Button, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { countOf, formatAgo, formatDateTime } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import { ActivityArea, type Activity as Entry } from '#shared/model/activity'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ANY, FilterMenu } from '../../components/FilterMenu'
import { NothingFound } from '../../components/NothingFound'
import { SearchField } from '../../components/SearchField'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { Waiting } from '../../components/Waiting'
import { useNavigation } from '../../navigation'
import styles from './Activity.module.css'
import { activityKinds, areaNames } from './activity-kinds'
import { tellsOfDeletion, useOpenThing } from './use-open-thing'

/** What Latchkey did on this computer, the newest first. Nothing here can be changed or removed. */
export function Activity() {
  const { go } = useNavigation()
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 150)
  const [area, setArea] = useState<ActivityArea | null>(null)
  const filter = useMemo(() => ({ area }), [area])
  const list = useRows('activity.list', wanted, filter)
  const { rows, total, data, error } = list

  if (data === undefined && error === null) return <Waiting m="xl" />
  if (error === null && total === 0 && wanted === '' && area === null) {
    return (
      <EmptyScreen
        icon={<IconActivity size={28} aria-hidden />}
        title="No activity yet"
        actions={<Button onClick={() => go({ screen: 'site-check' })}>Check a site</Button>}
      >
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
            {data !== undefined && countOf(total, 'entry', 'entries')}
            {data !== undefined && (wanted !== '' || area !== null) && ' found'}
          </Text>
        </div>
        <div className={styles.filter}>
          <SearchField label="Search activity" value={search} onChange={setSearch} />
          <FilterMenu
            groups={[
              {
                label: 'Show',
                value: area ?? ANY,
                options: [
                  { value: ANY, label: 'All activity' },
                  ...ActivityArea.options.map((value) => ({ value, label: areaNames[value] })),
                ],
                onChange: (value) => setArea(ActivityArea.options.find((one) => one === value) ?? null),
              },
            ]}
            isFiltered={area !== null}
          />
        </div>
      </header>
      <Answered
        query={list}
        keepsData
        isEmpty={() => total === 0}
        empty={
          <NothingFound
            onClear={() => {
              setSearch('')
              setArea(null)
            }}
          />
        }
      >
        {() => (
          <VirtualList<Entry>
            label="Activity"
            className={styles.rows}
            rows={rows}
            total={total}
            rowHeight={62}
            keyOf={({ id }) => id}
            onEnd={list.fetchMore}
            about={JSON.stringify([wanted, area])}
            nameOf={({ about }) => about}
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
  const open = useOpenThing(entry)
  return (
    <UnstyledButton
      className={styles.row}
      data-leads={open !== null || undefined}
      aria-disabled={open === null}
      onClick={() => open?.()}
    >
      <ThemeIcon variant="light" color={color} radius="xl" size={32}>
        <Icon size={17} aria-hidden />
      </ThemeIcon>
      <span className={styles.text}>
        <Text component="span" display="block" size="sm" fw={600} truncate title={entry.about}>
          <bdi>{entry.about}</bdi>
        </Text>
        <Text component="span" display="block" size="sm" truncate title={withIsolatedNames(entry.sentence)}>
          {withIsolatedNames(entry.sentence)}
          {entry.isGone && !tellsOfDeletion(entry.kind) && (
            <Text component="span" size="sm" c="dimmed">
              {' '}
              No longer in Latchkey.
            </Text>
          )}
        </Text>
      </span>
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
    </UnstyledButton>
  )
}
