import type { PathReason, PathVerdict } from '#shared/model/path'
import { selfSignedAmong } from './issued-by'
import { judge, type Question } from './judge'
import { titleOf } from './name'
import { createPool, type Pool } from './pool'
import { type Certificate, readCertificate } from './read'
import { reasonAbout } from './reasons'
import { viewOf } from './view'

/** What somebody gives to have one certificate judged. All DER, in any order. */
export interface GivenPath {
  certificate: Uint8Array
  chain: Uint8Array[]
  /** Null: the self-signed certificates of the chain are trusted, as Access trusts the roots that were uploaded. */
  roots: Uint8Array[] | null
  crls: Uint8Array[]
  at: Date
  revocation: 'given' | 'required'
}

/** The verdict on a certificate by what came with it. Errors: `malformed` when the certificate itself cannot be read. */
export function verifyGiven({ certificate, chain, roots, crls, at, revocation }: GivenPath): PathVerdict {
  const anchors = roots ?? selfSignedAmong(chain)
  return verifyPath(certificate, createPool({ certificates: chain, anchors, crls }), { at, revocation })
}

/**
 * Whether `der` may be used for client authentication, for showing: the judge's answer with its certificates in full, and
 * with what of the pool could not be used. Errors: `malformed` when `der` itself cannot be read. Nothing in the pool makes it fail.
 */
export function verifyPath(
  der: Uint8Array,
  pool: Pool,
  options: Pick<Question, 'at' | 'revocation' | 'algorithms'>,
): PathVerdict {
  const judgement = judge({ certificate: readCertificate(der), purpose: 'client', pool, ...options })
  const { path } = judgement
  const reasons = [...judgement.reasons, ...unreadable(pool.unreadable.crls)]
  return {
    valid: reasons.length === 0,
    at: options.at.toISOString(),
    path: path.map(viewOf),
    reasons,
    notes: [...judgement.notes, ...poolNotes(pool, path)],
  }
}

/** What was given and could not be used. A CRL that cannot be read is a reason, since it was given to be used. */
function poolNotes(pool: Pool, path: Certificate[]): PathReason[] {
  const issuers = new Set(path.map(({ issuer }) => issuer.key))
  const unrelated = pool.crls.filter(({ issuer }) => !issuers.has(issuer.key))
  return [
    ...unrelated.map(({ issuer }) => {
      const evidence = `The CRL of “${titleOf(issuer)}” does not apply to this path.`
      return reasonAbout('crl-issuer', null, evidence, 'RFC 5280 §6.3.3 (b)')
    }),
    ...unreadable(pool.unreadable.certificates),
  ]
}

const unreadable = (details: string[]): PathReason[] =>
  details.map((detail) => reasonAbout('malformed', null, detail, 'RFC 5280 §4.1, §5.1'))
