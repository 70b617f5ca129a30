/**
 * A serial number as openssl writes it, `0A:1B:…`, a negative one `-0A:1B:…`: the number itself, so that each has one
 * spelling however its DER is padded. Input: the content octets of the INTEGER.
 */
export function spellSerialNumber(content: Uint8Array): string {
  if (content.length === 0) return '00'
  const value = BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex')}`))
  const digits = (value < 0n ? -value : value).toString(16).toUpperCase()
  const even = digits.padStart(digits.length + (digits.length % 2), '0')
  return `${value < 0n ? '-' : ''}${even.replace(/(?<=.)(?=(..)+$)/gu, ':')}`
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
