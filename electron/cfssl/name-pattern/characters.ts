import type { Cursor } from './cursor'
import type { CharacterSet, Flags } from './syntax'

const controls: Record<string, string> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** `[…]`, `\d`, `\p{…}`, an escape, or the character itself. */
export function readCharacter(cursor: Cursor, flags: Flags): CharacterSet {
  if (cursor.skip('[')) return readBrackets(cursor, flags)
  if (cursor.skip('.')) return flags.dotAll ? () => true : (character) => character !== '\n'
  return setOf([readNamedSet(cursor) ?? single(readSingle(cursor))], flags)
}

/** Reads what follows `[`. A `]` in first place is a member, and so is a `-` that cannot form a range. */
function readBrackets(cursor: Cursor, flags: Flags): CharacterSet {
  const isNegated = cursor.skip('^')
  const members: Members[] = []
  do members.push(readMember(cursor))
  while (!cursor.skip(']'))
  return setOf(members, flags, isNegated)
}

function readMember(cursor: Cursor): Members {
  const named = readPosixSet(cursor) ?? readNamedSet(cursor)
  if (named !== null) return named
  const first = bracketed(cursor)
  if (cursor.match(/-(?=[^\]])/uy) === null) return single(first)
  const last = bracketed(cursor)
  if ((first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0))
    throw cursor.refusal(`the range ${first}-${last} is in the wrong order`)
  return range(first, last)
}

function bracketed(cursor: Cursor): string {
  if (cursor.atEnd()) throw cursor.refusal('missing ]')
  return readSingle(cursor)
}

/** One character, or the escape of one (Go `regexp/syntax`, `parser.escape`). */
function readSingle(cursor: Cursor): string {
  if (!cursor.skip('\\')) return cursor.next()
  if (cursor.atEnd()) throw cursor.refusal('trailing backslash')
  const [, octal] = cursor.match(/(0[0-7]{0,2}|[1-7][0-7]{1,2})/uy) ?? []
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
  const [, pair, braced] = cursor.match(/x(?:([0-9a-f]{2})|\{([0-9a-f]+)\})/iuy) ?? []
  const hex = pair ?? braced
  if (hex !== undefined) return fromHex(cursor, hex)
  const character = cursor.next()
  const control = Object.hasOwn(controls, character) ? controls[character] : undefined
  if (control !== undefined) return control
  if (/^[\0-\x7f]$/u.test(character) && !/^[0-9a-z]$/iu.test(character)) return character
  throw cursor.refusal(`\\${character} is not an escape in Go’s expressions`)
}

function fromHex(cursor: Cursor, hex: string): string {
  const point = Number.parseInt(hex, 16)
  if (point > 0x10ffff) throw cursor.refusal(`there is no character ${hex}`)
  return String.fromCodePoint(point)
}

/** In Go `\d`, `\s` and `\w` are ASCII only, and `\s` does not include the vertical tab. */
const perl: Record<string, string> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' }

/** `[[:alpha:]]` and similar sets, also ASCII only. */
const posix: Record<string, string> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

const categories = /^(?:C[cfos]|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/u

/** Go accepts only the full names of scripts. These are the full names that have four letters, as abbreviations do. */
const fourLetterScripts = new Set(['Cham', 'Kawi', 'Lisu', 'Thai', 'Toto'])

/** Reads `\d`, `\pL`, `\p{Greek}` or a negated form; null if there is none at this position. */
function readNamedSet(cursor: Cursor): Members | null {
  const [, letter] = cursor.match(/\\([dswDSW])/uy) ?? []
  if (letter !== undefined) {
    const lower = letter.toLowerCase()
    return { source: perl[lower] ?? '', negated: letter !== lower }
  }
  const [, kind] = cursor.match(/\\([pP])/uy) ?? []
  if (kind === undefined) return null
  const [whole = '', caret = '', braced, short] = cursor.match(/\{(\^?)([^}]*)\}|([^{])/uy) ?? []
  const name = braced ?? short ?? ''
  const source = propertySource(name)
  if (source === null) throw cursor.refusal(`\\${kind}${whole} is not a set of characters`)
  return { source, negated: (kind === 'P') !== (caret === '^') }
}

/** Go's `unicode.Categories`, `unicode.Scripts` and `Any`. Its `C` does not include unassigned characters. */
function propertySource(name: string): string | null {
  if (name === 'Any') return '\\u{0}-\\u{10ffff}'
  if (name === 'C') return '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}'
  if (categories.test(name)) return `\\p{${name}}`
  const isAbbreviated = name.length === 4 && !fourLetterScripts.has(name)
  if (!/^[A-Z]\w+$/u.test(name) || isAbbreviated) return null
  const source = `\\p{Script=${name}}`
  return isKnown(source) ? source : null
}

function isKnown(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

/** Reads `[:alpha:]` or `[:^alpha:]` inside brackets; null if there is none at this position. */
function readPosixSet(cursor: Cursor): Members | null {
  const [whole, caret, name = ''] = cursor.match(/\[:(\^?)(.*?):\]/suy) ?? []
  if (whole === undefined) return null
  const source = Object.hasOwn(posix, name) ? posix[name] : undefined
  if (source === undefined) throw cursor.refusal(`${whole} is not a set of characters`)
  return { source, negated: caret === '^' }
}

/** A set in JavaScript's syntax, as between `[` and `]` with the flag `u`, or its complement. */
export interface Members {
  source: string
  negated: boolean
}

/**
 * Tests one character at a time with a JavaScript regular expression; both languages use Unicode's simple case folding.
 * Negation is done here, because Go folds case before it negates, while JavaScript's `\P{…}` negates first.
 */
export function setOf(members: Members[], { ignoreCase }: { ignoreCase: boolean }, negated = false): CharacterSet {
  const flags = ignoreCase ? 'iu' : 'u'
  const sets = members.map(({ source, negated: isWithout }) => {
    const oneOf = new RegExp(`^[${source}]$`, flags)
    return (character: string) => oneOf.test(character) !== isWithout
  })
  return (character) => sets.some((set) => set(character)) !== negated
}

const spell = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

export const single = (character: string): Members => ({ source: spell(character), negated: false })

const range = (first: string, last: string): Members => ({
  source: `${spell(first)}-${spell(last)}`,
  negated: false,
})
