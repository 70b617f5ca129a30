import { Badge, Button, Text, Title, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { shortName } from '#shared/logic/naming'
import type { IdentitySummary } from '#shared/model/identity'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import { SearchField } from '../../components/SearchField'
import textStyles from '../../components/text.module.css'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation, usePlace } from '../../navigation'
import { NoCertificates } from './NoCertificates'
import { statusWords } from './status-words'

const CertificateDetail = lazy(() => import('./CertificateDetail').then((m) => ({ default: m.CertificateDetail })))

export function Certificates() {
  const { open } = useNavigation()
  const { identity } = usePlace('certificates')
  const now = useNow()
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 120)
  const list = useRows('identities.list', wanted)
  const { rows, total, error } = list

  if (error !== null && rows.length === 0) {
    return (
      <div className={`${layout.page} ${layout.narrow}`}>
        <ErrorNotice error={error} />
      </div>
    )
  }
  if (list.data !== undefined && total === 0 && wanted === '' && search === '') return <NoCertificates />

  const chosen = identity ?? rows[0]?.id ?? null
  return (
    <div className={layout.split}>
      <section className={layout.splitList} aria-label="List of certificates">
        <div className={layout.splitHead}>
          <div className={layout.splitTitle}>
            <Title order={1}>Certificates</Title>
            <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
              New
            </Button>
          </div>
          <SearchField label="Search certificates" value={search} onChange={setSearch} />
        </div>
        <Answered
          query={list}
          keepsData
          loader={{ m: 'md', size: 'sm' }}
          isEmpty={() => total === 0}
          empty={
            <Text c="dimmed" p="md" ta="center" flex={1}>
              No results
            </Text>
          }
        >
          {() => (
            <VirtualList
              label="Certificates"
              rows={rows}
              total={total}
              rowHeight={64}
              keyOf={(row) => row.id}
              onEnd={list.fetchMore}
            >
              {(row) => <CertificateRow summary={row} isChosen={row.id === chosen} now={now} />}
            </VirtualList>
          )}
        </Answered>
        <Text className={layout.dropHint} size="xs" c="dimmed">
          Certificate arrived? Drop it anywhere.
        </Text>
      </section>
      <section className={layout.splitDetail} aria-label="Certificate">
        <Suspense fallback={null}>{chosen !== null && <CertificateDetail key={chosen} id={chosen} />}</Suspense>
      </section>
    </div>
  )
}

interface RowProps {
  summary: IdentitySummary
  isChosen: boolean
  now: Date
}

/** Name and badge stand on lines of their own, so neither is ever cut short. */
function CertificateRow({ summary, isChosen, now }: RowProps) {
  const { go } = useNavigation()
  const { words, color } = statusWords(summary, now)
  return (
    <UnstyledButton
      className={layout.row}
      aria-current={isChosen}
      onClick={() => go({ screen: 'certificates', identity: summary.id })}
    >
      <span className={layout.rowName}>{summary.name}</span>
      <span className={layout.rowLine}>
        <Text span size="xs" c="dimmed" className={textStyles.wrap}>
          {issuerWords(summary)}
        </Text>
        <Badge color={color}>{words}</Badge>
      </span>
    </UnstyledButton>
  )
}

function issuerWords({ issuer, practice }: IdentitySummary): string {
  if (practice) return 'Practice issuer'
  return issuer === null ? 'Waiting for its certificate' : shortName(issuer)
}
