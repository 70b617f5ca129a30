import { encode, encodeAll, integer, oid, sequence, tags } from '../der'

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
