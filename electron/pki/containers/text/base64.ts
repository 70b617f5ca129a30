/** One line of base64 as it stands in a text. */
export interface Base64Line {
  text: string
  /** Counted from 0, in the text around it. */
  line: number
  column: number
}

export interface Base64Fault {
  line: Base64Line
  /** Index into the line's text. */
  at: number
}

const shape = /^[A-Za-z0-9+/]+={0,2}$/u

/** The bytes of base64 (RFC 4648 §4) without blanks; padding may be missing. Null for anything else. */
export function decodeBase64(text: string): Uint8Array | null {
  return shape.test(text) && text.replaceAll('=', '').length % 4 !== 1 ? Buffer.from(text, 'base64') : null
}

export const removeBlanks = (text: string): string => text.replace(/\s/gu, '')

/** The first character that cannot be there; where characters are left over at the end, the last one. */
export function base64Fault(lines: Base64Line[]): Base64Fault | null {
  let padding = 0
  let last: Base64Fault | null = null
  for (const line of lines) {
    for (let at = 0; at < line.text.length; at += 1) {
      const character = line.text.charAt(at)
      if (/\s/u.test(character)) continue
      last = { line, at }
      if (character === '=') padding += 1
      if (padding > 2 || (character !== '=' && (padding > 0 || !/[A-Za-z0-9+/]/u.test(character)))) return last
    }
  }
  return last
}
