import { ActionIcon, Button, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { Answered } from '../../../components/Answered'
import textStyles from '../../../components/text.module.css'
import { useNow } from '../../../components/use-now'
import { VirtualList } from '../../../components/VirtualList'
import { useNavigation } from '../../../navigation'
import issuerPage from '../issuer-page.module.css'
import { IssuedDrawer } from './IssuedDrawer'
import { type Filter, IssuedFilter, issuedQuery, noFilter } from './IssuedFilter'
import { IssuedRow } from './IssuedRow'
import styles from './issued.module.css'
import { RevokeOther } from './RevokeOther'
import { allOf, SelectionBar } from './SelectionBar'
import { useIssued } from './use-issued'
import { useIssuedSelection } from './use-issued-selection'

const keyOf = ({ sha256 }: IssuedCertificate): string => sha256

/** Everything that an issuer has signed, however much that is. */
export function IssuedCertificates({ issuer }: { issuer: AuthoritySummary }) {
  const { go } = useNavigation()
  const now = useNow()
  const [filter, setFilter] = useState<Filter>(noFilter)
  const [range, setRange] = useState({ first: 0, last: 0 })
  const [opened, setOpened] = useState<IssuedCertificate | null>(null)
  const [isRevoking, setRevoking] = useState(false)
  const query = issuedQuery(filter, issuer.id)
  const list = useIssued(query, range.first, range.last)
  const { rows, order, total } = list
  const [selectingAll, setSelectingAll] = useState<unknown>(null)
  const selection = useIssuedSelection({ rows, order, onAll: () => void selectAll() })
  const see = useCallback((first: number, last: number) => setRange({ first, last }), [])
  // The rows are drawn again only where something of theirs changes.
  const latest = useRef(selection)
  useEffect(() => {
    latest.current = selection
  })
  const click = useCallback(
    (event: MouseEvent, { sha256 }: IssuedCertificate) => latest.current.click(event, sha256),
    [],
  )
  const toggle = useCallback(({ sha256 }: IssuedCertificate) => latest.current.toggle(sha256), [])
  const isFiltered = filter.search !== '' || filter.status !== null

  async function selectAll() {
    setSelectingAll(null)
    try {
      latest.current.select(await allOf(query, total))
    } catch (problem) {
      setSelectingAll(problem)
    }
  }

  return (
    <div className={issuerPage.page}>
      <div className={issuerPage.head}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={`Back to ${isolated(issuer.name)}`}
          onClick={() => go({ screen: 'authorities', issuerView: 'overview' })}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div>
          <Title order={1}>Issued certificates</Title>
          <Text size="sm" c="dimmed" className={textStyles.wrap} role="status">
            {issuer.name}
            {list.data !== undefined && ` · ${countOf(total, 'certificate')}${isFiltered ? ' found' : ''}`}
          </Text>
        </div>
        <Button variant="default" ml="auto" onClick={() => setRevoking(true)}>
          Revoke another certificate…
        </Button>
      </div>
      <IssuedFilter filter={filter} onChange={setFilter} />
      <SelectionBar issuer={issuer} selection={selection} error={selectingAll} total={total} />
      <Answered
        query={list}
        keepsData
        errorPadding="xl"
        loader={{ m: 'xl' }}
        isEmpty={() => total === 0}
        empty={
          <Text c="dimmed" p="xl">
            {isFiltered ? 'No results' : 'No certificates have been issued here yet.'}
          </Text>
        }
      >
        {() => (
          <VirtualList<IssuedCertificate>
            about={JSON.stringify(filter)}
            label="Issued certificates"
            className={styles.rows}
            rows={rows}
            total={total}
            rowHeight={60}
            keyOf={keyOf}
            onRange={see}
            onKeyDown={selection.press}
          >
            {(row) => (
              <IssuedRow
                row={row}
                now={now}
                isSelected={selection.has(row.sha256)}
                onOpen={setOpened}
                onClick={click}
                onToggle={toggle}
              />
            )}
          </VirtualList>
        )}
      </Answered>
      {isRevoking && <RevokeOther issuer={issuer} onClose={() => setRevoking(false)} />}
      {opened !== null && (
        <IssuedDrawer row={opened} issuer={issuer} onShow={setOpened} onClose={() => setOpened(null)} />
      )}
    </div>
  )
}
