/** What Windows-1252 has where Latin-1 has control characters (0x80 to 0x9F); unassigned ones keep their code. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * Bytes as text: UTF-16 with a byte order mark or with the zero octets that ASCII has in it, then UTF-8, else Windows-1252,
 * which reads every byte. The marks themselves are dropped.
 */
export const decodeText = (bytes: Uint8Array): string => decodeUnicode(bytes) ?? decodeWindows1252(bytes)

/** Null for what is neither UTF-16 nor UTF-8. */
export function decodeUnicode(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.subarray(2).toString('utf16le')
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return bigEndian(buffer.subarray(2))
  const order = utf16Order(buffer)
  if (order !== null) return order === 'little' ? buffer.toString('utf16le') : bigEndian(buffer)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer)
  } catch {
    return null
  }
}

/** Not with TextDecoder, which some versions of Node let decode Latin-1 instead. */
export const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/gu, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character)

const bigEndian = (buffer: Buffer): string =>
  Buffer.from(buffer.subarray(0, buffer.length - (buffer.length % 2)))
    .swap16()
    .toString('utf16le')

/** PowerShell and older Windows programs write UTF-16 without a mark. Certificates in it are ASCII, every second octet zero. */
function utf16Order(buffer: Buffer): 'little' | 'big' | null {
  const pairs = Math.min(buffer.length, 1024) >> 1
  if (pairs < 8) return null
  const zeros = [0, 0]
  for (let at = 0; at < pairs * 2; at += 1) if (buffer[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > pairs * 0.7 && even === 0) return 'little'
  return even > pairs * 0.7 && odd === 0 ? 'big' : null
}

/** Octets that texts do not have, looked for at the start only: C0 controls other than white space and escape. */
export function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 4096)
  for (let at = 0; at < length; at += 1) {
    const octet = bytes[at] ?? 0
    if (octet < 0x09 || (octet > 0x0d && octet < 0x20 && octet !== 0x1b)) return true
  }
  return false
}

/**
 * Whether bytes begin with a DER or BER SEQUENCE rather than with the digit “0”, which is the same octet: a long or open
 * length is no character that follows a digit, and a short element has control characters near its start.
 */
export function beginsWithSequence(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false
  const length = bytes[1] ?? 0
  if (length >= 0x80) return length <= 0x88
  return bytes.length < 16 || looksBinary(bytes.subarray(0, 16))
}

/** Zero-width characters, soft hyphens and the marks of writing direction, which chat programs and PDF viewers put between letters. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
/** Every blank but the ASCII ones, most of all U+00A0, with which web pages and mail programs indent. */
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu
const lineEnds = /\r\n|[\r\u0085\u2028\u2029\v\f]/gu
/** Hyphens of every kind; word processors make a dash of two of them. */
const hyphens = /[\u2010\u2011\u2012\u2212\ufe63\uff0d]/gu
const dashes = /[\u2013\u2014\u2015\ufe58]/gu

/** The same text with ASCII blanks, hyphens and line feeds. Lines keep their numbers. */
export function plainCharacters(text: string): string {
  const lines = text.replace(lineEnds, '\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything in ASCII is left as it is
  if (/^[\u0000-\u007f]*$/u.test(lines)) return lines
  return lines.replace(invisible, '').replace(blanks, ' ').replace(hyphens, '-').replace(dashes, '--')
}
