import { AppError, isAppError } from '#shared/errors'
import type { Sha256 } from '#shared/model/ids'
import { type Crl, readCrl } from '../crl/read'
import { describeKey } from '../key-names'
import { type DistinguishedName, readName } from './name'
import { type Certificate, certificateSha256, readCertificate } from './read'

/** A list with its issuer's name taken apart. */
export interface PoolCrl {
  crl: Crl
  issuer: DistinguishedName
}

export interface PoolInput {
  /** DER, in any order; unrelated certificates among them do no harm. */
  certificates: Uint8Array[]
  /** DER: what is trusted. They need not stand among `certificates`. */
  anchors: Uint8Array[]
  /** DER. */
  crls: Uint8Array[]
}

/** Certificates and CRLs, read once, for any number of questions. */
export interface Pool {
  isAnchor(certificate: Certificate): boolean
  /** Certificates whose subject is this name, trusted ones first. */
  named(name: DistinguishedName): Certificate[]
  /** Certificates whose subject key identifier is this one (lower-case hex). */
  withKeyId(identifier: string): Certificate[]
  crlsOf(issuer: DistinguishedName): PoolCrl[]
  crls: PoolCrl[]
  /** What could not be read, in words. */
  unreadable: { certificates: string[]; crls: string[] }
}

/** Never throws for what it is given: unreadable objects are left out and listed. */
export function createPool(input: PoolInput): Pool {
  const unreadable: Pool['unreadable'] = { certificates: [], crls: [] }
  const anchors = new Set<Sha256>(input.anchors.map(certificateSha256))
  const certificates = distinct([...input.anchors, ...input.certificates]).flatMap((der) =>
    attempt(unreadable.certificates, () => readWhole(der)),
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

/** A certificate that cannot be shown takes no part in a path, since the path is shown. */
function readWhole(der: Uint8Array): Certificate {
  const certificate = readCertificate(der)
  if (Number.isNaN(certificate.notBefore.getTime() + certificate.notAfter.getTime()))
    throw new AppError('malformed', 'A date of the certificate cannot be read.')
  describeKey(certificate.spki)
  return certificate
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
