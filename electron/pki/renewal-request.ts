import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import { encode, encodeAll, integer, oid, sequence, tags } from './der'
import { publicKeyOf } from './keys'
import { ids } from './oids'
import { signerFor } from './sign'
import { mayIssue } from './x509/issued-by'
import { readCertificate } from './x509/read'
import { extensionValue } from './x509/read-extensions'

/** PKCS#9 extensionRequest (RFC 2985 §5.4.2). */
const extensionRequest = '1.2.840.113549.1.9.14'

/**
 * A PKCS#10 request (RFC 2986), DER, for the names of `certificate` (DER): its subject and its alternative names to the octet,
 * whatever is in them, signed with `pkcs8` (DER). Errors: `certificate-is-authority`, `unsupported-algorithm` for keys that
 * cannot sign.
 */
export async function createRenewalRequest(certificate: Uint8Array, pkcs8: Uint8Array): Promise<Uint8Array> {
  const old = readCertificate(certificate)
  if (mayIssue(old)) throw new AppError('certificate-is-authority')
  const names = extensionValue(old.extensions, ids.subjectAlternativeName)
  const signer = signerFor(pkcs8)
  const info = sequence(integer(0), old.subject.raw, publicKeyOf(pkcs8), attributesFor(names))
  const algorithm = new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const signature = await signer.sign(info)
  return sequence(info, algorithm, encode(tags.bitString, Uint8Array.of(0), signature))
}

/** [0] IMPLICIT: it stands there even where it is empty (RFC 2986 §4.1). */
function attributesFor(names: Uint8Array | null): Uint8Array {
  if (names === null) return encode(0xa0)
  const alternativeNames = sequence(oid(ids.subjectAlternativeName), encode(tags.octetString, names))
  const extensions = encodeAll(tags.set, [sequence(alternativeNames)])
  return encode(0xa0, sequence(oid(extensionRequest), extensions))
}
