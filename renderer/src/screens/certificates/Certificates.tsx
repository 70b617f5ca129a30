import './certificates.css'
import { Button, Loader, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useRows } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SearchField } from '../../components/SearchField'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation } from '../../navigation'
import { CertificateRow } from './CertificateRow'
import { NoCertificates } from './NoCertificates'

const CertificateDetail = lazy(() => import('./CertificateDetail').then((m) => ({ default: m.CertificateDetail })))

export function Certificates() {
  const { place, open } = useNavigation()
  const now = useNow()
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 120)
  const { rows, total, isLoading, error, fetchMore } = useRows('identities.list', wanted)

  if (error !== null && rows.length === 0) {
    return (
      <div className="page page-narrow">
        <ErrorNotice error={error} />
      </div>
    )
  }
  if (!isLoading && total === 0 && wanted === '' && search === '') return <NoCertificates />

  const chosen = place.identity ?? rows[0]?.id ?? null
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
        <VirtualList
          label="Certificates"
          rows={rows}
          total={total}
          rowHeight={64}
          keyOf={(row) => row.id}
          onEnd={fetchMore}
        >
          {(row) => <CertificateRow summary={row} isChosen={row.id === chosen} now={now} />}
        </VirtualList>
        {isLoading && <Loader m="md" size="sm" aria-label="Loading" />}
        {!isLoading && total === 0 && (
          <Text c="dimmed" p="md" ta="center">
            No certificate has this in its name.
          </Text>
        )}
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
