import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import type { RevocationReason } from '#shared/model/authority'
import { type Issuer, openIssuer } from '../authority/issuer'
import { keyUsageOf, parseCertificate } from '../certificate'
import { encode, encodeAll, integer, sequence, tags } from '../der'
import { authorityKeyIdentifier, crlNumber } from '../extensions'

export interface Revocation {
  /** As in `CertificateView.serial`: hex, colons allowed. */
  serial: string
  at: Date
  reason: RevocationReason
}

export interface CrlInput extends Issuer {
  revoked: Revocation[]
  /** Greater than that of every list before it under this name (RFC 5280 §5.2.3). */
  number: number
  now: Date
  nextUpdateDays: number
}

/**
 * A full CRL (RFC 5280 §5), v2, DER, signed by the issuer itself. The octets are written directly: an object for each of
 * 100,000 entries would take seconds. Errors: `invalid-input` where the issuer may not sign CRLs.
 */
export async function createCrl({ revoked, number, now, nextUpdateDays, ...issuer }: CrlInput): Promise<Uint8Array> {
  const { name, keyIdentifier, signer } = openIssuer(issuer)
  const usage = keyUsageOf(parseCertificate(issuer.issuerCertificate))
  if (usage !== null && !usage.includes('crlSign'))
    throw new AppError('invalid-input', 'This issuer’s certificate does not allow it to sign CRLs (cRLSign).')
  const algorithm = new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const extensions = [authorityKeyIdentifier(keyIdentifier), crlNumber(number)]
  const body = sequence(
    version2,
    algorithm,
    new Uint8Array(AsnConvert.serialize(name)),
    time(now),
    time(new Date(now.getTime() + nextUpdateDays * 86_400_000)),
    // An empty list must be absent, not empty (§5.1.2.6).
    ...(revoked.length === 0 ? [] : [encodeAll(tags.sequence, revoked.map(entry))]),
    encode(
      explicit0,
      encodeAll(
        tags.sequence,
        extensions.map((one) => new Uint8Array(AsnConvert.serialize(one))),
      ),
    ),
  )
  const signature = await signer.sign(body)
  return sequence(body, algorithm, encode(tags.bitString, Uint8Array.of(0), signature))
}

const version2 = integer(1)
const explicit0 = 0xa0

function entry({ serial, at, reason }: Revocation): Uint8Array {
  const number = integer(Buffer.from(serial.replace(/:/gu, ''), 'hex'))
  const code = reasonCodes[reason]
  return code === null ? sequence(number, time(at)) : sequence(number, time(at), reasonExtension(code))
}

/** RFC 5280 §5.3.1; "unspecified" is said by saying nothing. */
const reasonCodes: Record<RevocationReason, number | null> = {
  unspecified: null,
  'key-compromise': 1,
  'ca-compromise': 2,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
  'privilege-withdrawn': 9,
}

/** Extensions { Extension { 2.5.29.21, OCTET STRING { ENUMERATED code } } }. */
const reasonExtension = (code: number): Uint8Array =>
  Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, code)

/** UTCTime through the year 2049, GeneralizedTime from 2050 (§5.1.2.4); whole seconds, UTC. */
function time(date: Date): Uint8Array {
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/gu, '')}Z`
  return date.getUTCFullYear() < 2050
    ? encode(tags.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : encode(tags.generalizedTime, Buffer.from(digits, 'latin1'))
}
