import { AppError } from '#shared/errors'
import { toDer } from '../ber'
import {
  childAt,
  childrenOf,
  encode,
  encodeAll,
  integer,
  oid,
  readElement,
  readOid,
  readOnly,
  sequence,
  tags,
} from '../der'

const signedData = '1.2.840.113549.1.7.2'

/** The other kinds of message (RFC 5652, RFC 5083, RFC 3274). */
const otherKinds: Record<string, string> = {
  '1.2.840.113549.1.7.1': 'PKCS#7 with plain data and no certificate',
  '1.2.840.113549.1.7.3': 'an encrypted PKCS#7 message',
  '1.2.840.113549.1.7.4': 'an encrypted and signed PKCS#7 message',
  '1.2.840.113549.1.7.5': 'a PKCS#7 message with a hash and no certificate',
  '1.2.840.113549.1.7.6': 'an encrypted PKCS#7 message',
  '1.2.840.113549.1.9.16.1.2': 'a CMS message with a MAC and no certificate',
  '1.2.840.113549.1.9.16.1.9': 'a compressed CMS message',
  '1.2.840.113549.1.9.16.1.23': 'an encrypted CMS message',
}

/** Certificates and CRLs of a PKCS#7 SignedData (RFC 5652 §5.1), BER or DER; its signatures say nothing to us. */
export function readPkcs7(bytes: Uint8Array): { certificates: Uint8Array[]; crls: Uint8Array[] } {
  const parts = childrenOf(readOnly(toDer(bytes)))
  const id = readOid(childAt(parts, 0, tags.oid))
  if (id !== signedData) throw new AppError('unsupported-format', otherKinds[id] ?? `PKCS#7 of another kind (${id})`)
  const fields = childrenOf(readElement(childAt(parts, 1, 0xa0).content))
  const inside = (tag: number) =>
    fields.filter((field) => field.tag === tag).flatMap((field) => childrenOf(field).map(({ raw }) => raw))
  return {
    certificates: inside(0xa0).filter((raw) => raw[0] === tags.sequence),
    crls: inside(0xa1).filter((raw) => raw[0] === tags.sequence),
  }
}

/** What a SignedData signs (RFC 5652 §5.2), BER or DER; null where it is detached or the file is something else. */
export function signedContent(bytes: Uint8Array): Uint8Array | null {
  const [id, wrapped] = childrenOf(readOnly(toDer(bytes)), 2)
  if (id?.tag !== tags.oid || readOid(id) !== signedData || wrapped?.tag !== 0xa0) return null
  const encapsulated = childrenOf(readElement(wrapped.content), 3)[2]
  if (encapsulated?.tag !== tags.sequence) return null
  const content = childrenOf(encapsulated, 2)[1]
  const octets = content?.tag === 0xa0 ? childrenOf(content, 1)[0] : undefined
  return octets?.tag === tags.octetString ? octets.content : null
}

/**
 * A certs-only PKCS#7 (RFC 5652 §5.1, "degenerate" as in RFC 8551 §3.2.3), DER: SignedData of version 1 without content or
 * signers. Takes certificates (DER) and keeps their order, although the standard calls them a set: people read them in it.
 */
export function writePkcs7(certificates: Uint8Array[]): Uint8Array {
  const signedData = sequence(
    integer(1),
    encode(tags.set),
    sequence(oid('1.2.840.113549.1.7.1')),
    encodeAll(0xa0, certificates),
    encode(tags.set),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), encode(0xa0, signedData))
}
