import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import { formatUtc } from '#shared/logic/formatting'
import { RevocationReason } from '#shared/model/authority'
import { authorityKeyIdentifier, crlNumber } from '../authority/extensions'
import { type Issuer, openIssuer } from '../authority/issuer'
import { type IssuerDates, requireRunning } from '../authority/lifetime'
import { encode, encodeAll, integer, sequence, tags } from '../der'
import { isUtcTime, time } from '../der-values'
import { serialNumberOctets } from '../serial-number'
import { readCertificate } from '../x509/read'
import { keyUsageBits } from '../x509/read-extensions'

export interface CrlInput extends Issuer {
  revoked: Revocation[]
  /** Greater than that of every list before it under this name (RFC 5280 §5.2.3). */
  number: bigint
  /** What the clock says; the list itself may have to be dated later. */
  now: Date
  thisUpdate: Date
  nextUpdate: Date
}

/**
 * A full CRL (RFC 5280 §5), v2, DER, signed by the issuer itself. Errors: `invalid-input` where the issuer may not sign CRLs
 * or the next list would come after the year 9999; those of `requireRunning`.
 */
export async function createCrl({
  revoked,
  number,
  now,
  thisUpdate,
  nextUpdate,
  ...issuer
}: CrlInput): Promise<Uint8Array> {
  const open = openIssuer(issuer)
  const { name, keyIdentifier, signer } = open
  const { keyUsage } = readCertificate(issuer.issuerCertificate).extensions
  if (keyUsage?.has(keyUsageBits.crlSign) === false)
    throw new AppError('invalid-input', 'This issuer’s certificate does not allow it to sign CRLs (key usage).')
  requireRunning(now, open)
  requireBefore(thisUpdate, open)
  const algorithm = new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const extensions = [authorityKeyIdentifier(keyIdentifier), crlNumber(number)]
  const body = sequence(
    version2,
    algorithm,
    name,
    time(thisUpdate),
    time(nextUpdate),
    // An empty list must be absent, not empty (§5.1.2.6).
    ...(revoked.length === 0 ? [] : [encode(tags.sequence, writeEntries(revoked, thisUpdate))]),
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

/** After its issuer's end no verifier believes it. */
function requireBefore(thisUpdate: Date, { title, notAfter }: IssuerDates): void {
  if (thisUpdate < notAfter) return
  const dates = `${formatUtc(thisUpdate)}, after “${title}” ends on ${formatUtc(notAfter)}`
  throw new AppError('invalid-input', `The list would be dated ${dates}. Create a successor of this issuer.`)
}

const version2 = integer(1)
const explicit0 = 0xa0

export interface Revocation {
  /** As in `CertificateView.serial`: hex, colons allowed, a negative one with its sign. */
  serial: string
  at: Date
  reason: RevocationReason
}

const hex = (octet: number) => octet.toString(16).padStart(2, '0')

/**
 * The entries of a CRL (RFC 5280 §5.1.2.6), DER, one behind the other. They are put together as one hexadecimal text and
 * turned into octets once: an object, or even a buffer, for each part of 100,000 entries takes many times as long.
 * None is dated after the list itself: some verifiers take such a certificate for good until then.
 */
function writeEntries(revoked: Revocation[], thisUpdate: Date): Buffer {
  const entry = ({ serial, at, reason }: Revocation): string => {
    const date = at > thisUpdate ? thisUpdate : at
    return element('30', `${element('02', serialNumberOctets(serial))}${timeOf(date)}${reasonExtensions[reason]}`)
  }
  return Buffer.from(revoked.map(entry).join(''), 'hex')
}

/** As `time` writes it, in hex: an ASCII digit is a 3 and the digit itself. */
function timeOf(date: Date): string {
  const iso = date.toISOString()
  let digits = ''
  for (const place of digitPlaces) digits += `3${iso.charAt(place)}`
  return isUtcTime(date) ? `170d${digits.slice(4)}5a` : `180f${digits}5a`
}

/** In 2026-11-23T12:34:56.789Z. */
const digitPlaces = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]

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
const extensionFor = (code: number | null) => (code === null ? '' : `300c300a0603551d1504030a01${hex(code)}`)

const reasonExtensions = Object.fromEntries(
  RevocationReason.options.map((reason) => [reason, extensionFor(reasonCodes[reason])]),
)

function element(tag: string, content: string): string {
  const length = content.length / 2
  if (length < 0x80) return `${tag}${hex(length)}${content}`
  const octets = length.toString(16)
  const even = octets.length % 2 === 0 ? octets : `0${octets}`
  return `${tag}${hex(0x80 | (even.length / 2))}${even}${content}`
}
