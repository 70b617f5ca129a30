import { isAppError } from '#shared/errors'
import type { Sha256 } from '#shared/model/ids'
import { certificateSha256 } from '../certificate'
import { type Crl, readCrl } from '../crl/read'
import { isSignedBy } from '../sign'
import { type PathCertificate, publicKeyOf, readPathCertificate } from './certificate'
import { type DistinguishedName, readName } from './name'

/** A list with its issuer's name taken apart. */
export interface PoolCrl {
  crl: Crl
  issuer: DistinguishedName
}

export interface PoolInput {
  /** DER, in any order; certificates of other worlds among them do no harm. */
  certificates: Uint8Array[]
  /** DER: what is trusted. They need not stand among `certificates`. */
  anchors: Uint8Array[]
  /** DER. */
  crls: Uint8Array[]
}

/** A heap of certificates and CRLs, read once, for any number of questions. */
export interface Pool {
  isAnchor(certificate: PathCertificate): boolean
  /** Certificates whose subject is this name, trusted ones first. */
  named(name: DistinguishedName): PathCertificate[]
  /** Certificates whose subject key identifier is this one (lower-case hex). */
  withKeyId(identifier: string): PathCertificate[]
  crlsOf(issuer: DistinguishedName): PoolCrl[]
  crls: PoolCrl[]
  /** What could not be read, in words. */
  unreadable: { certificates: string[]; crls: string[] }
}

/** Never throws for what is in the heap: unreadable objects are left out and listed. */
export function createPool(input: PoolInput): Pool {
  const unreadable: Pool['unreadable'] = { certificates: [], crls: [] }
  const anchors = new Set<Sha256>(input.anchors.map(certificateSha256))
  const certificates = distinct([...input.anchors, ...input.certificates]).flatMap((der) =>
    attempt(unreadable.certificates, () => readPathCertificate(der)),
  )
  const crls = distinct(input.crls).flatMap((der) =>
    attempt(unreadable.crls, () => {
      const crl = readCrl(der)
      return { crl, issuer: readName(crl.issuer) }
    }),
  )
  const bySubject = groupBy(certificates, ({ subject }) => subject.key)
  const byKeyId = groupBy(certificates, ({ extensions }) => extensions.subjectKeyId ?? '')
  const byIssuer = groupBy(crls, ({ issuer }) => issuer.key)
  return {
    isAnchor: ({ sha256 }) => anchors.has(sha256),
    named: ({ key }) => bySubject.get(key) ?? [],
    withKeyId: (identifier) => (identifier === '' ? [] : (byKeyId.get(identifier) ?? [])),
    crlsOf: ({ key }) => byIssuer.get(key) ?? [],
    crls,
    unreadable,
  }
}

function attempt<T>(unreadable: string[], read: () => T): T[] {
  try {
    return [read()]
  } catch (error) {
    if (!isAppError(error)) throw error
    unreadable.push(error.detail ?? error.code)
    return []
  }
}

function distinct(all: Uint8Array[]): Uint8Array[] {
  return [...new Map(all.map((der) => [certificateSha256(der), der])).values()]
}

function groupBy<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/** Counts the costly steps of one question, so that a hostile heap cannot make it last. */
export interface Effort {
  signatures: number
  steps: number
  /** Names times name constraints. */
  comparisons: number
}

export const newEffort = (): Effort => ({ signatures: 500, steps: 5000, comparisons: 500_000 })

const results = new WeakMap<PathCertificate, Map<string, boolean>>()

/**
 * Whether `issuer`'s key made the signature. Answers are kept for each key, since many certificates may be of one key;
 * false once the effort is used up.
 */
export function isMadeBy(certificate: PathCertificate, issuer: PathCertificate, effort: Effort): boolean {
  const known = results.get(certificate) ?? new Map<string, boolean>()
  results.set(certificate, known)
  const spki = Buffer.from(issuer.spki).toString('latin1')
  const answer = known.get(spki)
  if (answer !== undefined) return answer
  if (effort.signatures <= 0) return false
  effort.signatures -= 1
  const key = publicKeyOf(issuer)
  const { signedContent, signature, signatureAlgorithm } = certificate
  const made = key !== null && isSignedBy(signedContent, signature, signatureAlgorithm, key)
  known.set(spki, made)
  return made
}
