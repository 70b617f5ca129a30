import { Button, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { shortName } from '#shared/logic/naming'
import type { IdentitySummary } from '#shared/model/identity'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { ExpiringLine } from '../../components/ExpiringLine'
import { LIST_ROW_HEIGHT, ListRow } from '../../components/ListRow'
import layout from '../../components/layout.module.css'
import { SearchField } from '../../components/SearchField'
import { SplitView } from '../../components/SplitView'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation, usePlace } from '../../navigation'
import { SiteCheck } from '../site-check/SiteCheck'
import { statusWords } from './status-words'

const CertificateDetail = lazy(() => import('./CertificateDetail').then((m) => ({ default: m.CertificateDetail })))

export function Certificates() {
  const { go, open } = useNavigation()
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
  if (list.data !== undefined && total === 0 && wanted === '' && search === '') return <SiteCheck />

  const chosen = identity ?? rows[0]?.id ?? null
  const found = (
    <>
      <div className={layout.splitHead}>
        <div className={layout.splitTitle}>
          <Title order={1}>Certificates</Title>
          <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
            New
          </Button>
        </div>
        <SearchField label="Search certificates" value={search} onChange={setSearch} />
        <ExpiringLine place="certificates" />
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
            rowHeight={LIST_ROW_HEIGHT}
            keyOf={(row) => row.id}
            nameOf={(row) => row.name}
            onEnd={list.fetchMore}
          >
            {(row) => <CertificateRow summary={row} isChosen={row.id === chosen} now={now} />}
          </VirtualList>
        )}
      </Answered>
      <Text className={layout.dropHint} size="xs" c="dimmed">
        Certificate arrived? Drop it anywhere.
      </Text>
    </>
  )
  return (
    <SplitView
      listLabel="List of certificates"
      list={found}
      detailLabel="Certificate"
      detail={<Suspense fallback={null}>{chosen !== null && <CertificateDetail key={chosen} id={chosen} />}</Suspense>}
      isChosen={identity !== null}
      backTo="Certificates"
      onBack={() => go({ screen: 'certificates', identity: null })}
    />
  )
}

interface RowProps {
  summary: IdentitySummary
  isChosen: boolean
  now: Date
}

function CertificateRow({ summary, isChosen, now }: RowProps) {
  const { go } = useNavigation()
  return (
    <ListRow
      name={summary.name}
      line={issuerWords(summary)}
      badge={statusWords(summary, now)}
      isChosen={isChosen}
      onChoose={() => go({ screen: 'certificates', identity: summary.id })}
    />
  )
}

function issuerWords({ issuer, practice }: IdentitySummary): string {
  if (practice) return 'Practice issuer'
  return issuer === null ? 'Waiting for its certificate' : shortName(issuer)
}
