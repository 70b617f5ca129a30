import type { AccessAccount, AccessCa } from '#shared/model/access-account'
import type { Reason, Truth, VisitorCertificate } from '#shared/model/access-explanation'
import type { Instant } from '#shared/model/ids'
import { casOn } from './lookup'

type CertificateReason = Extract<Reason, { kind: 'certificate' }>
type AssociationReason = Extract<Reason, { kind: 'association' }>

export interface Acceptance {
  /** Whether the selectors "Valid Certificate" and "Common Name" can match on this hostname. */
  accepted: Truth
  certificate: CertificateReason
  /** Null where there is no certificate to accept. */
  association: AssociationReason | null
}

/**
 * Whether Access accepts the certificate on a hostname: it is in its validity period, it may be used by clients (RFC 5280
 * §4.2.1.12; browsers do not offer others, and TLS servers verify for that purpose), and one of the CAs that are
 * associated with exactly this hostname issued it. Which of several CAs accepts is not told apart, since any of them may.
 */
export function acceptCertificate(
  account: AccessAccount,
  hostname: string,
  certificate: VisitorCertificate | null,
  at: Instant,
): Acceptance {
  const state = validity(certificate, at)
  const first: CertificateReason = { kind: 'certificate', state, certificate }
  if (certificate === null || state === 'none') return { accepted: 'no', certificate: first, association: null }
  const cas = casOn(account, hostname)
  const found = cas.map((ca) => ({ ca, outcome: issuedBy(ca, certificate, at) }))
  const outcome = cas.length === 0 ? 'no-ca' : best(found.map((one) => one.outcome))
  const named = outcome === 'accepted' ? found.filter((one) => one.outcome === 'accepted').map((one) => one.ca) : cas
  return {
    accepted: state === 'valid' ? truthOf(outcome) : 'no',
    certificate: first,
    association: { kind: 'association', hostname, outcome, cas: named.map(({ name }) => name) },
  }
}

function validity(certificate: VisitorCertificate | null, at: Instant): CertificateReason['state'] {
  if (certificate === null) return 'none'
  if (at > certificate.notAfter) return 'expired'
  if (at < certificate.notBefore) return 'not-yet-valid'
  return certificate.isForClients ? 'valid' : 'other-use'
}

type Outcome = Exclude<AssociationReason['outcome'], 'no-ca'>

/**
 * Access tells the fingerprint of one certificate of a CA and gives none of them back, so a CA whose PEM is not here may
 * hold further ones: it is only ruled out where all of it is known. Certain is the direct issuer alone: whether a root takes
 * what an intermediate issued that nobody has seen uploaded is not documented.
 */
function issuedBy(ca: AccessCa, certificate: VisitorCertificate, at: Instant): Outcome {
  const isExpired = ca.expiresOn !== null && at > ca.expiresOn
  const [issuer] = certificate.issuers
  if (issuer !== undefined && ca.fingerprint === issuer) return isExpired ? 'ca-expired' : 'accepted'
  if (issuer !== undefined && ca.bundle?.includes(issuer)) return isExpired ? 'unknown' : 'accepted'
  const known = [...(ca.bundle ?? []), ...(ca.fingerprint === null ? [] : [ca.fingerprint])]
  if (known.some((one) => certificate.issuers.includes(one))) return 'unknown'
  return ca.bundle === null || !certificate.reachesRoot ? 'unknown' : 'other-ca'
}

/** Of several CAs the one that says most in the visitor's favour. */
const best = (outcomes: Outcome[]): Outcome =>
  (['accepted', 'unknown', 'ca-expired'] as const).find((one) => outcomes.includes(one)) ?? 'other-ca'

function truthOf(outcome: AssociationReason['outcome']): Truth {
  if (outcome === 'accepted') return 'yes'
  return outcome === 'unknown' ? 'unknown' : 'no'
}
