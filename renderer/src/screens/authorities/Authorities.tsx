import { lazy, useEffect, useMemo, useState } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import layout from '../../components/layout.module.css'
import { SplitView } from '../../components/SplitView'
import { forgetRequests } from '../../import/requests'
import { useNavigation, usePlace } from '../../navigation'
import { IssuerList } from './list/IssuerList'
import { firstIssuer, signerFor, treeOf } from './list/issuer-tree'
import { NoIssuers } from './NoIssuers'
import { IssuerDetail } from './overview/IssuerDetail'

const IssueCertificates = lazy(() =>
  import('./issue/IssueCertificates').then((m) => ({ default: m.IssueCertificates })),
)
const IssuedCertificates = lazy(() =>
  import('./issued/IssuedCertificates').then((m) => ({ default: m.IssuedCertificates })),
)

/** The administrator's half: who signs, what was signed, and what was revoked. */
export function Authorities() {
  const query = useAnswer('authorities.list', undefined)
  const answered = (
    <Answered query={query} onRetry={query.refetch} loader={{ m: 'xl' }}>
      {(issuers) => <Issuers issuers={issuers} />}
    </Answered>
  )
  return query.error === null ? answered : <div className={`${layout.page} ${layout.narrow}`}>{answered}</div>
}

function Issuers({ issuers }: { issuers: AuthoritySummary[] }) {
  const { go } = useNavigation()
  const place = usePlace('authorities')
  const [showsArchived, setShowsArchived] = useState(false)
  const branches = useMemo(
    () => treeOf(issuers.filter(({ id, archivedAt }) => archivedAt === null || showsArchived || id === place.issuer)),
    [issuers, showsArchived, place.issuer],
  )
  useEffect(() => {
    if (place.requests === null) forgetRequests()
  }, [place.requests])
  const chosen = issuers.find(({ id }) => id === place.issuer) ?? firstIssuer(branches) ?? issuers[0] ?? null
  if (chosen === null) return <NoIssuers />
  const signer = place.issuerView === 'issue' ? signerFor(chosen, branches) : null
  if (signer !== null) return <IssueCertificates key={signer.id} issuer={signer} />
  if (place.issuerView === 'issued') return <IssuedCertificates key={chosen.id} issuer={chosen} />
  return (
    <SplitView
      listLabel="List of issuers"
      list={
        <IssuerList
          branches={branches}
          chosen={chosen.id}
          archived={issuers.filter(({ archivedAt }) => archivedAt !== null).length}
          showsArchived={showsArchived}
          onShowArchived={setShowsArchived}
        />
      }
      detailLabel="Issuer"
      detail={<IssuerDetail key={chosen.id} id={chosen.id} />}
      isChosen={place.issuer !== null}
      backTo="Issuers"
      onBack={() => go({ screen: 'authorities', issuer: null })}
    />
  )
}
