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

/** Base64 that stands in a text outside of PEM blocks: in YAML, in XML, in a list of certificates. */
export interface Base64Run {
  base64: string
  /** The key before it (`tls.crt:`); empty where there is none. */
  key: string
}

/** Shorter ones are words or identifiers. No certificate, key or PEM block is that short. */
const MIN_LENGTH = 40
/** Programs break base64 at 64 or 76 characters. A longer line is a value by itself. */
const MAX_WIDTH = 128

const wholeLine = /^[A-Za-z0-9+/]+={0,2}$/u
const tokens = /[A-Za-z0-9+/]+={0,2}/gu

interface OpenRun {
  parts: string[]
  key: string
  /** How long its lines are; null until there is a whole one. */
  width: number | null
  isOver: boolean
}

/** The base64 in a text, in order. Lines of one width belong together, and a shorter one ends them. */
export function base64Runs(text: string): Base64Run[] {
  const runs: OpenRun[] = []
  let open: OpenRun | null = null
  const begin = (base64: string, key: string, width: number | null): OpenRun => {
    const isOver = base64.endsWith('=') || (width !== null && width > MAX_WIDTH)
    const run = { parts: [base64], key, width, isOver }
    runs.push(run)
    return run
  }
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '') continue
    if (wholeLine.test(line)) {
      if (open !== null && continues(open, line)) append(open, line)
      else open = begin(line, '', line.length)
      continue
    }
    open = null
    for (const found of line.matchAll(tokens)) {
      const [token] = found
      if (token.length < MIN_LENGTH) continue
      const run = begin(token, keyBefore(line, found.index), null)
      // A value that begins behind its key may go on in the next lines.
      open = found.index + token.length === line.length ? run : null
    }
  }
  return runs
    .map(({ parts, key }) => ({ base64: parts.join(''), key }))
    .filter(({ base64 }) => base64.length >= MIN_LENGTH)
}

function append(run: OpenRun, line: string): void {
  run.parts.push(line)
  run.isOver = line.endsWith('=') || (run.width !== null && line.length < run.width)
  run.width ??= line.length
}

const continues = ({ isOver, width }: OpenRun, line: string) =>
  !isOver && line.length <= MAX_WIDTH && (width === null || line.length <= width)

/** `tls.crt: `, `"certificate": "`, `client-key-data=`; only the characters just before are looked at. */
const keyBefore = (line: string, at: number) =>
  /([A-Za-z0-9_.-]{1,60})["']? {0,4}[:=] {0,4}["']?$/u.exec(line.slice(Math.max(0, at - 80), at))?.[1] ?? ''
