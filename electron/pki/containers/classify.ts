import { childrenOf, type Element, readOid, readOnly, tags } from '../der'

export type DerKind =
  | 'certificate'
  | 'request'
  | 'crl'
  | 'pkcs12'
  | 'pkcs7'
  | 'encrypted-key'
  | 'private-key'
  | 'public-key'
  | 'rsa-public-key'

/** What a DER element is, by its shape alone; file names and endings mean nothing. Null for anything else. */
export function classify(der: Uint8Array): DerKind | null {
  const children = childrenOf(readOnly(der), 10)
  const [first, second, third] = children
  if (first?.tag === tags.sequence && second?.tag === tags.sequence && third?.tag === tags.bitString)
    return signedKind(first)
  if (first?.tag === tags.oid && second?.tag === 0xa0) return 'pkcs7'
  if (first?.tag === tags.sequence && second?.tag === tags.octetString) return 'encrypted-key'
  if (first?.tag === tags.sequence && second?.tag === tags.bitString) return 'public-key'
  if (first?.tag !== tags.integer || second === undefined) return null
  if (second.tag === tags.sequence)
    return third?.tag === tags.octetString ? 'private-key' : isContentInfo(second) ? 'pkcs12' : null
  if (second.tag === tags.octetString) return 'private-key'
  if (second.tag === tags.integer)
    return children.length === 2 ? 'rsa-public-key' : children.length >= 6 ? 'private-key' : null
  return null
}

function isContentInfo(element: Element): boolean {
  const [type] = childrenOf(element)
  return type?.tag === tags.oid && readOid(type).startsWith('1.2.840.113549.1.7.')
}

/** Certificate, request and CRL are all SEQUENCE { body, algorithm, signature }; their bodies differ. */
function signedKind(body: Element): DerKind | null {
  const fields = childrenOf(body, 10)
  const shape = fields.map(({ tag }) => tag)
  if (shape[0] === 0xa0) return 'certificate'
  if (shape[0] === tags.integer && shape[1] === tags.sequence && shape[2] === tags.sequence) {
    if (isTime(shape[3])) return 'crl'
    return shape.length >= 6 && shape[3] === tags.sequence ? 'certificate' : 'request'
  }
  return shape[0] === tags.sequence && isTime(shape[2]) ? 'crl' : null
}

const isTime = (tag: number | undefined) => tag === tags.utcTime || tag === tags.generalizedTime
