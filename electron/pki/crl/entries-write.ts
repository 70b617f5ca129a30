import { RevocationReason } from '#shared/model/authority'
import { isUtcTime } from '../der-time'
import { serialNumberOctets } from '../serial-number'

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
export function writeEntries(revoked: Revocation[], thisUpdate: Date): Buffer {
  const entry = ({ serial, at, reason }: Revocation): string => {
    const date = at > thisUpdate ? thisUpdate : at
    return element('30', `${element('02', serialNumberOctets(serial))}${timeOf(date)}${reasonExtensions[reason]}`)
  }
  return Buffer.from(revoked.map(entry).join(''), 'hex')
}

/** As `der-time.ts` writes it, in hex: an ASCII digit is a 3 and the digit itself. */
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
