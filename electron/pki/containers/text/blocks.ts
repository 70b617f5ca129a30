import { type Base64Line, removeBlanks } from './base64'

/** One PEM block as it stands in a text; whether its base64 can be read is another question. */
export interface PemBlock {
  label: string
  /** `Proc-Type`, `DEK-Info` and the like (RFC 1421). */
  headers: Record<string, string>
  base64: string
  /** Which of its boundary lines is missing. An end that names another label is none. */
  missing: 'begin' | 'end' | null
  /** The lines of its base64, read again only to say where it is broken. */
  lines(): Base64Line[]
}

/** A block with its place: both boundaries included. */
export interface PlacedBlock extends PemBlock {
  start: number
  end: number
}

/**
 * RFC 7468 §3: a label is printable and holds no hyphens. Any number of hyphens from two on is accepted, since copying
 * loses some and word processors join them, and a blank beside them (RFC 4716).
 */
const boundary = /-{2,10} ?(BEGIN|END) ([ -,.-~]{1,60})-{2,10}/gu

/** Every block of a text, in any order, whatever stands around them and at the start of their lines. */
export function findBlocks(text: string): PlacedBlock[] {
  const blocks: PlacedBlock[] = []
  let open: { label: string; start: number; body: number } | null = null
  let behind = 0
  const positionOf = positionsIn(text)
  const close = (bodyEnd: number, end: number, isWhole: boolean) => {
    if (open !== null) {
      const { label, start, body } = open
      const place = { start, end, position: positionOf(body) }
      blocks.push(blockOf(text.slice(body, bodyEnd), label, isWhole ? null : 'end', place))
    }
    open = null
  }
  for (const found of text.matchAll(boundary)) {
    const [whole, word] = found
    const label = (found[2] ?? '').trim().replace(/ {2,}/gu, ' ')
    const after = found.index + whole.length
    if (word === 'BEGIN') {
      close(found.index, found.index, false)
      open = { label, start: found.index, body: after }
    } else if (open === null) {
      const body = text.slice(behind, found.index)
      const place = { start: behind, end: after, position: positionOf(behind) }
      if (endsInBase64(body)) blocks.push(blockOf(body, label, 'begin', place))
    } else close(found.index, after, isLabel(open, label))
    behind = after
  }
  close(text.length, text.length, false)
  return blocks
}

const isLabel = (open: { label: string } | null, label: string) => open?.label === label

/** An END without its BEGIN matters only where base64 stands before it. */
function endsInBase64(body: string): boolean {
  const [last = ''] = body.slice(-200).trimEnd().split('\n').slice(-1)
  return /^[A-Za-z0-9+/]{4,}={0,2}$/u.test(content(last).text)
}

interface Position {
  /** Both counted from 0. */
  line: number
  column: number
}

/** Offsets must be asked for in ascending order, so that the text is counted once. */
function positionsIn(text: string): (offset: number) => Position {
  let line = 0
  let start = 0
  let next = text.indexOf('\n')
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1
      start = next + 1
      next = text.indexOf('\n', start)
    }
    return { line, column: offset - start }
  }
}

function blockOf(
  body: string,
  label: string,
  missing: PemBlock['missing'],
  { start, end, position }: { start: number; end: number; position: Position },
): PlacedBlock {
  const { headers, lines } = readBody(body, position)
  const base64 = removeBlanks(lines.map(({ text }) => text).join(''))
  return { label, headers, base64, missing, start, end, lines: () => readBody(body, position).lines }
}

function readBody(body: string, first: Position): { headers: Record<string, string>; lines: Base64Line[] } {
  const headers: Record<string, string> = {}
  const lines: Base64Line[] = []
  for (const [index, raw] of body.split('\n').entries()) {
    const { text, column } = content(raw)
    const colon = text.indexOf(':')
    const name = colon === -1 ? '' : text.slice(0, colon)
    if (/^[A-Za-z][A-Za-z0-9-]*$/u.test(name)) headers[name] = text.slice(colon + 1).trim()
    else if (text !== '')
      lines.push({ text, line: first.line + index, column: index === 0 ? first.column + column : column })
  }
  return { headers, lines }
}

/** What quoting, comments, tables and PGP's dash escaping put at the start of a line; none of it is base64. */
const prefix = /^[\s>#|*-]+/u

/** The line without what stands around it. In the source of a program it is what stands in quotes. */
function content(raw: string): { text: string; column: number } {
  const quote = /["'`]/u.exec(raw)
  const from = quote === null ? 0 : quote.index + 1
  const until = quote === null ? -1 : raw.lastIndexOf(quote[0])
  const inside = raw.slice(from, until < from ? undefined : until)
  const start = prefix.exec(inside)?.[0].length ?? 0
  return { text: inside.slice(start).trimEnd(), column: from + start }
}

/** The labels of PEM blocks that can hold what Latchkey reads (RFC 7468, OpenSSL, and the spellings of older programs). */
const readable =
  /^(?:(?:X509 |X\.509 |TRUSTED |ATTRIBUTE )?CERTIFICATE|(?:NEW |X509 )?CERTIFICATE REQUEST|CERTIFICATE CHAIN|(?:X509 )?CRL|PKCS ?#?7(?: SIGNED DATA)?|CMS|PKCS ?#?12|(?:[A-Z0-9]{1,12} )?PRIVATE KEY|(?:[A-Z0-9]{1,12} )?PUBLIC KEY)$/u

/** Blocks of OpenPGP and SSH, which are not base64 of DER. */
const foreign = /^(?:PGP|OPENSSH|SSH2) /u

export type LabelKind =
  | 'readable'
  /** Never read. */
  | 'foreign'
  /** Read if it is one of our formats after all, otherwise passed over. */
  | 'unknown'

export function labelKind(label: string): LabelKind {
  if (foreign.test(label)) return 'foreign'
  return readable.test(label) || label.endsWith('PARAMETERS') ? 'readable' : 'unknown'
}
