import { Button, Group, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { CertificateView } from '#shared/model/certificate'
import type { IdentityId } from '#shared/model/ids'
import { useAnswer, useRows } from '../../api'
import { Answered } from '../../components/Answered'
import { BackupLine } from '../../components/BackupLine'
import { ErrorNotice } from '../../components/ErrorNotice'
import { ExpiringLine } from '../../components/ExpiringLine'
import { FilterMenu, tagGroup } from '../../components/FilterMenu'
import layout from '../../components/layout.module.css'
import { NothingFound } from '../../components/NothingFound'
import { SearchField } from '../../components/SearchField'
import { SplitView } from '../../components/SplitView'
import { useSelection } from '../../components/selection/use-selection'
import { UnseenWaiting, Waiting } from '../../components/Waiting'
import { useNavigation, usePlace } from '../../navigation'
import { SiteCheck } from '../site-check/SiteCheck'
import { CertificateList } from './CertificateList'
import { filterGroups, isFiltered, noFilter } from './certificate-filter'
import { DeleteSeveral } from './DeleteSeveral'
import { keepShown, lastShown } from './last-shown'
import { GroupTitle, StoredList } from './stored/StoredList'

const StoredDetail = lazy(() => import('./stored/StoredDetail').then((m) => ({ default: m.StoredDetail })))
const CertificateDetail = lazy(() => import('./CertificateDetail').then((m) => ({ default: m.CertificateDetail })))

export function Certificates() {
  const { go, open } = useNavigation()
  const { identity, stored: storedChosen } = usePlace('certificates')
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 120)
  const [filter, setFilter] = useState(noFilter)
  const list = useRows('identities.list', wanted, filter)
  const { rows, total, error } = list
  const { data: inventory } = useAnswer('stored.list', undefined)
  const others = (inventory?.certificates ?? []).filter(({ certificate }) => hasWords(certificate, wanted))
  const shownStored =
    identity === null ? (others.find(({ certificate }) => certificate.sha256 === storedChosen) ?? null) : null
  const { data: tags = [] } = useAnswer('identities.tags', undefined)
  const [deleting, setDeleting] = useState<IdentityId[]>([])
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const chosen = shownStored === null ? (identity ?? rows[0]?.id ?? null) : null
  const selection = useSelection({
    order,
    current: order.find((id) => id === chosen) ?? null,
    onDelete: setDeleting,
  })
  const isNarrowed = wanted !== '' || search !== '' || isFiltered(filter)
  const known = list.data === undefined ? null : total > 0 || isNarrowed ? 'list' : 'question'
  const [before] = useState(lastShown)
  const first = known ?? before

  useEffect(() => {
    if (known !== null) keepShown(known)
  }, [known])

  if (error !== null && rows.length === 0) {
    return (
      <div className={`${layout.page} ${layout.narrow}`}>
        <ErrorNotice error={error} />
      </div>
    )
  }
  // Neither the list nor the first question, where nothing tells which.
  if (first === null) return <Waiting m="xl" />
  if (first === 'question' && shownStored === null) return <SiteCheck />

  const found = (
    <>
      <div className={layout.splitHead}>
        <div className={layout.splitTitle}>
          <Title order={1}>Certificates</Title>
          <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
            New
          </Button>
        </div>
        <Group gap={8} wrap="nowrap">
          <div className={layout.grows}>
            <SearchField label="Search certificates" value={search} onChange={setSearch} />
          </div>
          <FilterMenu
            groups={[
              ...filterGroups(filter, setFilter),
              ...tagGroup(tags, filter.tag, (tag) => setFilter({ ...filter, tag })),
            ]}
            isFiltered={isFiltered(filter)}
            onSelectSeveral={() => selection.begin()}
          />
        </Group>
        <ExpiringLine place="certificates" />
        <BackupLine />
      </div>
      <Answered
        query={list}
        keepsData
        loader={{ m: 'md', size: 'sm' }}
        isEmpty={() => total === 0 && others.length === 0}
        empty={
          <NothingFound
            onClear={() => {
              setSearch('')
              setFilter(noFilter)
            }}
          />
        }
      >
        {() => (
          <>
            {others.length > 0 && <GroupTitle count={total}>In Latchkey</GroupTitle>}
            <CertificateList
              rows={rows}
              total={total}
              about={JSON.stringify([wanted, filter])}
              chosen={chosen}
              selection={selection}
              tags={tags}
              onDelete={setDeleting}
              onEnd={list.fetchMore}
            />
          </>
        )}
      </Answered>
      <StoredList certificates={others} chosen={shownStored?.certificate.sha256 ?? null} />
      {deleting.length > 0 && (
        <DeleteSeveral
          summaries={rows.filter(({ id }) => deleting.includes(id))}
          onDeleted={(id) => id === chosen && go({ screen: 'certificates', identity: null })}
          onClose={() => setDeleting([])}
        />
      )}
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
      detail={
        <Suspense fallback={<UnseenWaiting />}>
          {shownStored !== null && <StoredDetail key={shownStored.certificate.sha256} stored={shownStored} />}
          {chosen !== null && <CertificateDetail key={chosen} id={chosen} />}
        </Suspense>
      }
      isChosen={identity !== null || shownStored !== null}
      backTo="Certificates"
      onBack={() => go({ screen: 'certificates', identity: null, stored: null })}
    />
  )
}

const hasWords = (certificate: CertificateView, words: string) =>
  `${certificateName(certificate)} ${issuerName(certificate)}`.toLowerCase().includes(words.trim().toLowerCase())
