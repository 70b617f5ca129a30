import { type CharacterSet, type Members, range, setOf, single } from './character-set'
import type { Cursor } from './cursor'
import { readNamedSet, readPosixSet } from './named-sets'
import type { Flags } from './syntax'

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
  if ((first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0)) throw cursor.refusal(`${first}-${last} runs backwards`)
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
  throw cursor.refusal(`\\${character} means nothing in Go’s expressions`)
}

function fromHex(cursor: Cursor, hex: string): string {
  const point = Number.parseInt(hex, 16)
  if (point > 0x10ffff) throw cursor.refusal(`there is no character ${hex}`)
  return String.fromCodePoint(point)
}
