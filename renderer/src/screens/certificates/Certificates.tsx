import './certificates.css'
import { Button, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SearchField } from '../../components/SearchField'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation, usePlace } from '../../navigation'
import { CertificateRow } from './CertificateRow'
import { NoCertificates } from './NoCertificates'

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
      <div className="page page-narrow">
        <ErrorNotice error={error} />
      </div>
    )
  }
  if (list.data !== undefined && total === 0 && wanted === '' && search === '') return <NoCertificates />

  const chosen = identity ?? rows[0]?.id ?? null
  return (
    <div className="split">
      <section className="split-list" aria-label="List of certificates">
        <div className="split-head">
          <div className="split-title">
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
        <Text className="drop-hint" size="xs" c="dimmed">
          Certificate arrived? Drop it anywhere.
        </Text>
      </section>
      <section className="split-detail" aria-label="Certificate">
        <Suspense fallback={null}>{chosen !== null && <CertificateDetail key={chosen} id={chosen} />}</Suspense>
      </section>
    </div>
  )
}
