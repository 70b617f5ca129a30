import { randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import type { Extension } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import { formatUtc } from '#shared/logic/formatting'
import { encode, encodeAll, integer, sequence, tags } from '../der'
import { requireTime, time } from '../der-values'
import type { Signer } from '../sign'
import type { Validity } from './lifetime'

export interface CertificateContent {
  /** Names, DER: they go into the certificate to the octet. A name that was parsed and written again can differ. */
  issuer: Uint8Array
  subject: Uint8Array
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  validity: Validity
  extensions: Extension[]
}

/**
 * An X.509 v3 certificate with a fresh serial number, signed; DER (RFC 5280 §4.1). Errors: `invalid-input` where it would
 * end before it begins, or after the year 9999.
 */
export async function certify(content: CertificateContent, signer: Signer): Promise<Uint8Array> {
  requireOrder(content.validity)
  const algorithm = der(signer.algorithm)
  const body = sequence(
    version3,
    integer(newSerial()),
    algorithm,
    content.issuer,
    sequence(time(content.validity.notBefore), time(content.validity.notAfter)),
    content.subject,
    content.spki,
    encode(explicit3, encodeAll(tags.sequence, content.extensions.map(der))),
  )
  const signature = await signer.sign(body)
  return sequence(body, algorithm, encode(tags.bitString, Uint8Array.of(0), signature))
}

/** To the second, as both are written. */
function requireOrder({ notBefore, notAfter }: Validity): void {
  requireTime(notBefore)
  requireTime(notAfter)
  if (!(notAfter.getTime() - notBefore.getTime() >= 1000))
    throw new AppError('invalid-input', `It would end on ${formatUtc(notAfter)} and begin on ${formatUtc(notBefore)}.`)
}

const explicit0 = 0xa0
const explicit3 = 0xa3
const version3 = encode(explicit0, integer(2))

const der = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))

/**
 * A fresh serial number: 16 octets, 126 of their bits random, never zero and with the top bit clear, so that DER needs no
 * padding and no reader takes it for negative (RFC 5280 §4.1.2.2 allows 20 octets; the CA/Browser Forum's baseline
 * requirements §7.1 ask for 64 random bits).
 */
function newSerial(): Uint8Array {
  const bytes = Uint8Array.from(randomBytes(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}
