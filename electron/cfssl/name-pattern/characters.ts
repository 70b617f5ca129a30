import type { Cursor } from './cursor'
import type { CharacterSet, Flags } from './syntax'

const controls: Record<string, string> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** `[…]`, `\d`, `\p{…}`, an escape, or the character itself. */
export function readCharacter(cursor: Cursor, flags: Flags): CharacterSet {
  if (cursor.skip('[')) return readBrackets(cursor, flags)
  if (cursor.skip('.')) return flags.dotAll ? () => true : (character) => character !== '\n'
  return setOf([readNamedSet(cursor) ?? single(readSingle(cursor))], flags)
}

/** Behind `[`. A `]` in the first place is a member, and so is a `-` wherever it can be nothing else. */
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
    throw cursor.refusal(`${first}-${last} is in the wrong order`)
  return range(first, last)
}

function bracketed(cursor: Cursor): string {
  if (cursor.atEnd()) throw cursor.refusal('a ] is missing')
  return readSingle(cursor)
}

/** One character, or the escape of one (Go `regexp/syntax`, `parser.escape`). */
function readSingle(cursor: Cursor): string {
  if (!cursor.skip('\\')) return cursor.next()
  if (cursor.atEnd()) throw cursor.refusal('it ends with a backslash')
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

/** `\d`, `\s` and `\w` are ASCII in Go, and `\s` is without the vertical tab. */
const perl: Record<string, string> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' }

/** `[[:alpha:]]` and its kin: ASCII, too. */
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

/** Scripts have their long names in Go; these are all of four letters that are no abbreviations. */
const fourLetterScripts = new Set(['Cham', 'Kawi', 'Lisu', 'Thai', 'Toto'])

/** `\d`, `\pL`, `\p{Greek}` and their opposites; null if none stands here. */
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

/** Go's `unicode.Categories` and `unicode.Scripts`, and `Any`; its `C` is without what Unicode has not assigned. */
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

/** Within brackets: `[:alpha:]`, `[:^alpha:]`; null if none stands here. */
function readPosixSet(cursor: Cursor): Members | null {
  const [whole, caret, name = ''] = cursor.match(/\[:(\^?)(.*?):\]/suy) ?? []
  if (whole === undefined) return null
  const source = Object.hasOwn(posix, name) ? posix[name] : undefined
  if (source === undefined) throw cursor.refusal(`${whole} is not a set of characters`)
  return { source, negated: caret === '^' }
}

/** Characters in JavaScript's spelling, as between `[` and `]` under the flag `u`, or all but those. */
export interface Members {
  source: string
  negated: boolean
}

/**
 * Which characters a set has is JavaScript's to answer, one character at a time; both follow Unicode's simple case folding.
 * Negation is not left to it: Go folds before it negates, JavaScript's `\P{…}` the other way round.
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
