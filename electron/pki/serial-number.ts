import { AppError } from '#shared/errors'
import { formatSerial } from '#shared/logic/formatting'

/**
 * A serial number as openssl writes it, `0A:1B:…`, a negative one `-0A:1B:…`: the number itself, so that each has one
 * spelling however its DER is padded. Input: the content octets of the INTEGER.
 */
export function spellSerialNumber(content: Uint8Array): string {
  if (content.length === 0) return '00'
  const value = BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex')}`))
  const digits = (value < 0n ? -value : value).toString(16)
  const even = digits.padStart(digits.length + (digits.length % 2), '0')
  return formatSerial(`${value < 0n ? '-' : ''}${even}`)
}

/** The content octets of such a number, as few as can be, in hex. Input: hex digits, colons allowed. */
export function serialNumberOctets(serial: string): string {
  const digits = serial.replace(/[-:]/gu, '')
  if (!serial.startsWith('-')) {
    const short = digits.replace(/^(00)+(?=..)/u, '')
    return short.charAt(0) > '7' ? `00${short}` : short
  }
  const magnitude = BigInt(`0x${digits}`)
  // Of two's complement: as many octets as hold the sign as well.
  const octets = Math.ceil(((magnitude - 1n).toString(2).length + 1) / 8)
  return BigInt.asUintN(octets * 8, -magnitude)
    .toString(16)
    .padStart(octets * 2, '0')
}

/** RFC 5280 §4.1.2.2. */
const mostOctets = 20
/** A number this long that has no letter is hardly ever hex: cfssl and others print decimal. */
const surelyLong = 20

/**
 * A serial number as somebody types or pastes it: hex, with or without colons, spaces, `0x` or the `serial=` of openssl;
 * decimal only as `decimal:…`. Out comes its one spelling (`spellSerialNumber`). Errors: `invalid-input` in words.
 */
export function readTypedSerial(typed: string): string {
  const text = typed.trim().replace(/^serial\s*=\s*/iu, '')
  const digits = text.replace(/^0x/iu, '').replace(/[:\s]/gu, '')
  const decimal = /^decimal:\s*(\d{1,60})$/iu.exec(text)?.[1] ?? null
  if (text.startsWith('-')) throw wrongSerial(typed, 'Serial numbers are greater than zero.')
  if (decimal === null && !/^[0-9a-f]+$/iu.test(digits))
    throw wrongSerial(typed, 'A serial number is written in hex, such as 1A:2B:3C, or as decimal:1234.')
  if (decimal === null && digits === text && digits.length >= surelyLong && /^\d+$/u.test(digits))
    throw wrongSerial(typed, `It may be hex or decimal: write 0x${digits} or decimal:${digits}.`)
  const hex = decimal === null ? digits.replace(/^0+/u, '') : BigInt(decimal).toString(16)
  if (hex === '' || hex === '0') throw wrongSerial(typed, 'Serial numbers are greater than zero.')
  if (hex.length > 2 * mostOctets) throw wrongSerial(typed, `A serial number has at most ${mostOctets} octets.`)
  return spellSerialNumber(Buffer.from(`00${hex.padStart(hex.length + (hex.length % 2), '0')}`, 'hex'))
}

const wrongSerial = (typed: string, why: string) =>
  new AppError('invalid-input', `“${typed.trim().slice(0, 80)}” is not a serial number. ${why}`)
