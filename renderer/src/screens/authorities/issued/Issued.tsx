import type { AuthoritySummary } from '#shared/model/authority'

export function Issued({ issuer }: { issuer: AuthoritySummary }) {
  return <div className="page">{issuer.name}</div>
}
