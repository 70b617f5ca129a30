import {
  certificateSha256,
  extendedKeyUsageOf,
  isIssuedBy,
  parseCertificate,
  viewCertificate,
} from '#electron/pki/certificate'
import { ids } from '#electron/pki/extensions'
import { revocationProblem } from './revocation'

/** As Cloudflare words it: NONE, SUCCESS, or FAILED with the reason. */
export type MtlsStatus = 'NONE' | 'SUCCESS' | `FAILED:${string}`

export interface ClientVerdict {
  status: MtlsStatus
  commonName: string | null
  der: Uint8Array | null
}

export interface VerifyInput {
  /** What the client presented, DER; null when nothing came. */
  leaf: Uint8Array | null
  /** Intermediate first, then root, DER. */
  chain: Uint8Array[]
  /** The list of the first of them, DER. */
  crl: Uint8Array
  now: Date
}

/** The edge's own check: chain, dates, use, revocation. It must not rest on TLS, which was told to accept anything. */
export function verifyClient({ leaf, chain, crl, now }: VerifyInput): ClientVerdict {
  if (leaf === null) return { status: 'NONE', commonName: null, der: null }
  const { commonName, notBefore, notAfter, selfSigned } = viewCertificate(leaf)
  const failed = (reason: string): ClientVerdict => ({ status: `FAILED:${reason}`, commonName, der: leaf })
  if (selfSigned && !chain.some((issuer) => certificateSha256(issuer) === certificateSha256(leaf)))
    return failed('self signed certificate')
  const issuer = chain.find((candidate) => isIssuedBy(leaf, candidate))
  if (issuer === undefined) return failed('unable to get local issuer certificate')
  if (Date.parse(notAfter) <= now.getTime()) return failed('certificate has expired')
  if (Date.parse(notBefore) > now.getTime()) return failed('certificate is not yet valid')
  const uses = extendedKeyUsageOf(parseCertificate(leaf))
  if (uses !== null && !uses.includes(ids.clientAuthentication)) return failed('unsupported certificate purpose')
  const problem = issuer === chain[0] ? revocationProblem({ leaf, issuer, crl, now }) : null
  if (problem !== null) return failed(problem)
  return { status: 'SUCCESS', commonName, der: leaf }
}
