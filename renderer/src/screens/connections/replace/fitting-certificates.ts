import type { IdentityStatus, IdentitySummary } from '#shared/model/identity'
import type { Finding, ProbeReport } from '#shared/model/probe'
import { amongNames, namedIssuers } from '../report/named-issuers'

export interface FittingCertificate {
  certificate: IdentitySummary
  /** Its issuer is one of those that the server names. */
  isIssuerNamed: boolean
}

const unusable: readonly IdentityStatus[] = ['waiting', 'expired', 'not-yet-valid']

/**
 * What may be used in the place of the certificate that was refused: nothing of which it is known that it would be refused,
 * too. First those whose issuer the server names, then those that last longest.
 */
export function fittingCertificates(
  report: ProbeReport,
  { code }: Pick<Finding, 'code'>,
  certificates: IdentitySummary[],
): FittingCertificate[] {
  const refused = certificates.find(({ id }) => id === report.identity)
  const named = namedIssuers(report)
  const isNamed = amongNames(named)
  const isOwnIssuerNamed = report.ownIssuers.some(isNamed)
  const isOfSameIssuer = amongNames(report.ownIssuers.slice(0, 1))
  const fitting = certificates.flatMap((certificate): FittingCertificate[] => {
    const { issuer, status, algorithm, name } = certificate
    if (certificate.id === report.identity || unusable.includes(status) || issuer === null) return []
    if (certificate.practice !== (refused?.practice ?? false) || !isAtHand(certificate, report)) return []
    const isSame = isOfSameIssuer(issuer)
    if (isSame && (issuerCauses.includes(code) || (named.length > 0 && !isOwnIssuerNamed))) return []
    if (code === 'policy-does-not-match' && name === refused?.name) return []
    if (keyCauses.includes(code) && algorithm === refused?.algorithm) return []
    return [{ certificate, isIssuerNamed: isNamed(issuer) || (isSame && isOwnIssuerNamed) }]
  })
  return fitting.sort((a, b) => Number(b.isIssuerNamed) - Number(a.isIssuerNamed) || endOf(b) - endOf(a))
}

const issuerCauses: readonly Finding['code'][] = ['issuer-not-accepted', 'access-does-not-know-issuer']
const keyCauses: readonly Finding['code'][] = ['key-too-small', 'key-type-not-accepted']

/** Where the test looks for it: in Latchkey, or where browsers do. */
const isAtHand = ({ keyInVault, journey }: IdentitySummary, { mode }: ProbeReport): boolean =>
  mode === 'direct' ? keyInVault : journey.installed === 'done'

const endOf = ({ certificate: { notAfter } }: FittingCertificate) => (notAfter === null ? 0 : Date.parse(notAfter))
