import { Button, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { ExpiringLine } from '../../components/ExpiringLine'
import layout from '../../components/layout.module.css'
import { SearchField } from '../../components/SearchField'
import { SplitView } from '../../components/SplitView'
import { useNavigation, usePlace } from '../../navigation'
import { SiteCheck } from '../site-check/SiteCheck'
import { CertificateList } from './CertificateList'

const CertificateDetail = lazy(() => import('./CertificateDetail').then((m) => ({ default: m.CertificateDetail })))

export function Certificates() {
  const { go, open } = useNavigation()
  const { identity } = usePlace('certificates')
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
        {() => <CertificateList rows={rows} total={total} chosen={chosen} onEnd={list.fetchMore} />}
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
