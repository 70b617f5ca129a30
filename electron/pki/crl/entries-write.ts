import { RevocationReason } from '#shared/model/authority'
import { time } from '../der-time'

export interface Revocation {
  /** As in `CertificateView.serial`: hex, colons allowed. */
  serial: string
  at: Date
  reason: RevocationReason
}

const hex = (octet: number) => octet.toString(16).padStart(2, '0')

/**
 * The entries of a CRL (RFC 5280 §5.1.2.6), DER, one behind the other. They are put together as one hexadecimal text and
 * turned into octets once: an object, or even a buffer, for each part of 100,000 entries takes many times as long.
 */
export function writeEntries(revoked: Revocation[]): Buffer {
  return Buffer.from(revoked.map(entry).join(''), 'hex')
}

function entry({ serial, at, reason }: Revocation): string {
  return element('30', `${serialNumber(serial)}${Buffer.from(time(at)).toString('hex')}${reasonExtensions[reason]}`)
}

/** A non-negative INTEGER: as short as can be, with a zero in front where the first bit would mean "negative". */
function serialNumber(serial: string): string {
  const digits = serial.replace(/:/gu, '').replace(/^(00)+(?=..)/u, '')
  return element('02', Number.parseInt(digits.slice(0, 2), 16) >= 0x80 ? `00${digits}` : digits)
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
