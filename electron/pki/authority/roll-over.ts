import type { KeyAlgorithm } from '#shared/model/key'
import { readCertificate } from '../x509/read'
import { subjectOf } from './distinct'
import { createIntermediateNamed } from './intermediate'
import { datesOf, type Issuer } from './issuer'
import { requireStarted } from './lifetime'
import { createRootNamed, type NewAuthority } from './root'

interface RollOverInput {
  /** The authority that is taken over from, DER. */
  certificate: Uint8Array
  algorithm: KeyAlgorithm
  days: number
  now: Date
  /** Null for a root, which signs itself. */
  issuer: Issuer | null
}

/**
 * A successor: the same name and path length, a new key, a new lifetime (RFC 5280 calls it key rollover; the key
 * identifiers tell the two apart). No cross-certificate is made for a root (RFC 4210 §4.4): Access trusts what is
 * uploaded, so during the overlap both chains are uploaded and the old one is taken away when its last client certificate
 * has been renewed. Errors: `issuer-not-yet-valid` where the clock is behind the old one's start.
 */
export async function rollOver({ certificate, issuer, ...input }: RollOverInput): Promise<NewAuthority> {
  requireStarted(input.now, datesOf(certificate))
  const name = subjectOf(certificate)
  const pathLength = readCertificate(certificate).extensions.basicConstraints?.pathLength ?? null
  if (issuer === null) return createRootNamed(name, { ...input, pathLength })
  return createIntermediateNamed(name, { ...input, ...issuer, pathLength })
}
