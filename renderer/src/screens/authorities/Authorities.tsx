import './authorities.css'
import { Loader } from '@mantine/core'
import { lazy, useMemo } from 'react'
import { useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNavigation } from '../../navigation'
import { IssuerList } from './list/IssuerList'
import { firstIssuer, signerFor, treeOf } from './list/tree'
import { NoIssuers } from './NoIssuers'
import { IssuerDetail } from './overview/IssuerDetail'

const Issue = lazy(() => import('./issue/Issue').then((m) => ({ default: m.Issue })))
const Issued = lazy(() => import('./issued/Issued').then((m) => ({ default: m.Issued })))

/** The administrator's half: who signs, what was signed, and what was taken back. */
export function Authorities() {
  const { place } = useNavigation()
  const { data: issuers, error, refetch } = useAnswer('authorities.list', undefined)
  const branches = useMemo(() => treeOf(issuers ?? []), [issuers])

  if (error !== null) {
    return (
      <div className="page page-narrow">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    )
  }
  if (issuers === undefined) return <Loader m="xl" aria-label="Loading" />
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
