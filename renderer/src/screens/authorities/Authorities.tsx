import './authorities.css'
import { lazy, useEffect, useMemo } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { forgetRequests } from '../../import/requests'
import { usePlace } from '../../navigation'
import { IssuerList } from './list/IssuerList'
import { firstIssuer, signerFor, treeOf } from './list/issuer-tree'
import { NoIssuers } from './NoIssuers'
import { IssuerDetail } from './overview/IssuerDetail'

const Issue = lazy(() => import('./issue/Issue').then((m) => ({ default: m.Issue })))
const Issued = lazy(() => import('./issued/Issued').then((m) => ({ default: m.Issued })))

/** The administrator's half: who signs, what was signed, and what was revoked. */
export function Authorities() {
  const query = useAnswer('authorities.list', undefined)
  const answered = (
    <Answered query={query} onRetry={query.refetch} loader={{ m: 'xl' }}>
      {(issuers) => <Issuers issuers={issuers} />}
    </Answered>
  )
  return query.error === null ? answered : <div className="page page-narrow">{answered}</div>
}

function Issuers({ issuers }: { issuers: AuthoritySummary[] }) {
  const place = usePlace('authorities')
  const branches = useMemo(() => treeOf(issuers), [issuers])
  useEffect(() => {
    if (place.requests === null) forgetRequests()
  }, [place.requests])
  const chosen = issuers.find(({ id }) => id === place.issuer) ?? firstIssuer(branches)
  if (chosen === null) return <NoIssuers />
  const signer = place.issuerView === 'issue' ? signerFor(chosen, branches) : null
  if (signer !== null) return <Issue key={signer.id} issuer={signer} />
  if (place.issuerView === 'issued') return <Issued key={chosen.id} issuer={chosen} />
  return (
    <div className="split">
      <IssuerList branches={branches} chosen={chosen.id} />
      <section className="split-detail" aria-label="Issuer">
        <IssuerDetail key={chosen.id} id={chosen.id} />
      </section>
    </div>
  )
}
