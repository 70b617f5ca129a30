import { Badge, Button, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { daysLeft } from '#shared/logic/expiry'
import { countOf, formatAgo, formatDate } from '#shared/logic/formatting'
import { isolated, withIsolatedNames } from '#shared/logic/isolate'
import type { AccessRow } from '#shared/model/access-screen'
import { SearchField } from '../../../components/SearchField'
import { useNow } from '../../../components/use-now'
import { VirtualList } from '../../../components/VirtualList'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { askAbout } from '../explain/question-store'
import table from './HostnameTable.module.css'
import { addressOf, changeBadge, countRows, filterNames, filterRows, type RowFilter, rowFilters } from './row-filter'

/** One line for each hostname and path, with its policies in words. */
export function HostnameTable({ rows }: { rows: AccessRow[] }) {
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<RowFilter>('all')
  const shown = filterRows(rows, filter, search)
  return (
    <>
      <search className={table.filters}>
        <SearchField label="Filter hostnames" value={search} onChange={setSearch} />
        {rowFilters.map((one) => (
          <Button
            key={one}
            size="xs"
            px={8}
            variant={one === filter ? 'light' : 'subtle'}
            color={one === filter ? 'indigo' : 'gray'}
            aria-pressed={one === filter}
            onClick={() => setFilter(one)}
          >
            {filterNames[one]} {countRows(rows, one)}
          </Button>
        ))}
      </search>
      <div className={table.columnNames} aria-hidden>
        <span>Hostname</span>
        <span>Who gets in</span>
        <span>CA, expiry</span>
        <span className={table.wide}>Forwarding</span>
        <span className={table.wide}>Last test</span>
        <span>Since last look</span>
      </div>
      {shown.length === 0 ? (
        <Text c="dimmed" py="md">
          {rows.length === 0 ? 'No hostnames yet: Access has no CA, no setting and no application.' : 'No results'}
        </Text>
      ) : (
        <VirtualList
          label="Hostnames"
          className={table.rows}
          rows={shown}
          total={shown.length}
          rowHeight={60}
          about={`${filter} ${search}`}
          keyOf={addressOf}
          nameOf={addressOf}
        >
          {(row) => <HostnameRow row={row} />}
        </VirtualList>
      )}
    </>
  )
}

function HostnameRow({ row }: { row: AccessRow }) {
  const { go } = useNavigation()
  const address = addressOf(row)
  return (
    <div className={table.row}>
      <div>
        <UnstyledButton
          className={`${table.host} ${table.cut}`}
          title={address}
          aria-label={`Who gets in to ${address}?`}
          onClick={() => {
            askAbout(`https://${address}`)
            go({ screen: 'access', view: 'explain' })
          }}
        >
          {address}
        </UnstyledButton>
        {row.application !== null && <Unseen>Application: </Unseen>}
        <span
          className={styles.small}
          title={row.application?.name}
          data-tone={row.application === null ? 'orange' : undefined}
        >
          {row.application?.name ?? 'No application'}
        </span>
      </div>
      <Who row={row} />
      <div className={table.middle}>
        <Unseen>CA: </Unseen>
        <CaCell row={row} />
      </div>
      <span className={table.wide}>
        <Unseen>Forwarding: </Unseen>
        {forwardingWords(row)}
      </span>
      <div className={table.wide}>
        <Unseen>Last test: </Unseen>
        <LastTest row={row} />
      </div>
      <div className={table.middle}>
        <Unseen>Since last look: </Unseen>
        <Changes row={row} />
      </div>
    </div>
  )
}

/** Which column it is, for who does not see the names above the columns. */
const Unseen = ({ children }: { children: string }) => <VisuallyHidden component="span">{children}</VisuallyHidden>

function forwardingWords({ cas, forwarding }: AccessRow): string {
  if (cas.length === 0) return '–'
  return forwarding === true ? 'On' : 'Off'
}

/** The word is red wherever it is true. */
function Who({ row }: { row: AccessRow }) {
  const { isOpen } = row
  const who = withIsolatedNames(row.who)
  const [, word, rest] = /^(Everyone)(.*)$/su.exec(who) ?? []
  return (
    <span className={table.two} title={who}>
      <Unseen>Who gets in: </Unseen>
      {isOpen && word !== undefined ? (
        <>
          <span className={table.open}>{word}</span>
          {rest}
        </>
      ) : (
        who
      )}
    </span>
  )
}

function CaCell({ row: { cas } }: { row: AccessRow }) {
  const now = useNow()
  const [first, ...others] = cas
  if (first === undefined) return <Text size="sm">None</Text>
  const names = others.length === 0 ? first.name : `${isolated(first.name)} and ${countOf(others.length, 'other')}`
  const tone = first.state === 'expired' ? 'red' : first.state === 'expires-soon' ? 'orange' : undefined
  return (
    <>
      <span className={table.cut} title={cas.map(({ name }) => isolated(name)).join(', ')}>
        {names}
      </span>
      <span className={styles.small} title={expiryWords(first, now)} data-tone={tone}>
        {expiryWords(first, now)}
      </span>
    </>
  )
}

function expiryWords({ expiresOn, state }: AccessRow['cas'][number], now: Date): string {
  if (expiresOn === null) return 'Expiry unknown'
  if (state === 'expired') return `Expired ${formatDate(expiresOn)}`
  return state === 'expires-soon'
    ? `${formatDate(expiresOn)}, ${countOf(daysLeft(expiresOn, now), 'day')}`
    : formatDate(expiresOn)
}

function LastTest({ row: { lastTest } }: { row: AccessRow }) {
  const now = useNow()
  if (lastTest === null) return <Text size="sm">Not tested</Text>
  const Icon = lastTest.good ? IconCircleCheck : IconCircleX
  const color = lastTest.good ? 'var(--mantine-color-teal-text)' : 'var(--mantine-color-red-text)'
  return (
    <>
      <span className={table.cut} title={lastTest.sentence}>
        <Icon size={14} color={color} aria-hidden style={{ verticalAlign: '-2px', marginRight: 4 }} />
        {lastTest.sentence}
      </span>
      <span className={styles.small} title={formatAgo(lastTest.at, now)}>
        {formatAgo(lastTest.at, now)}
      </span>
    </>
  )
}

/** In a narrow column. */
const cutBadge = { root: { maxWidth: '100%' }, label: { overflow: 'hidden' } }

function Changes({ row }: { row: AccessRow }) {
  if (row.changes.length === 0) return <Text size="sm">No change</Text>
  return (
    <span className={table.changes}>
      {row.changes.map((change) => {
        const { words, color } = changeBadge(change, row)
        return (
          <Badge key={change} color={color} title={words} styles={cutBadge}>
            {words}
          </Badge>
        )
      })}
    </span>
  )
}
