import { readCharacter, setOf, single } from './characters'
import { type Cursor, openCursor } from './cursor'
import { type Condition, type Expression, type Flags, noFlags } from './syntax'

/** Deeper than any real expression. Limited because each level uses stack space. */
const MAX_DEPTH = 200

/**
 * Parses a Go regular expression (RE2; package `regexp/syntax` with the flags of `regexp.Compile`). Errors: `invalid-input`
 * for whatever Go does not accept, including lookaround and backreferences.
 */
export function parseExpression(expression: string): Expression {
  const cursor = openCursor(expression)
  const parsed = readChoice(cursor, noFlags, 0)
  if (!cursor.atEnd()) throw cursor.refusal('unmatched )')
  return parsed
}

/** Reads alternatives up to a `)` or the end. Flags set in between apply until then. */
function readChoice(cursor: Cursor, outerFlags: Flags, depth: number): Expression {
  let flags = outerFlags
  let parts: Expression[] = []
  const options = [parts]
  let repeatedUntil = -1
  while (!cursor.atEnd() && !cursor.isAt(')')) {
    const begin = cursor.position()
    const times = readTimes(cursor)
    if (times !== null) {
      const part = parts.pop()
      if (part === undefined) throw cursor.refusal('there is nothing to repeat')
      if (begin === repeatedUntil) throw cursor.refusal('a repetition cannot be repeated')
      parts.push(repeated(cursor, part, times))
      repeatedUntil = cursor.position()
    } else if (cursor.skip('|')) {
      parts = []
      options.push(parts)
    } else if (cursor.skip('(')) {
      const opening = readOpening(cursor, flags)
      if (opening.kind === 'setting') flags = opening.flags
      else parts.push(readGroup(cursor, opening.flags, depth + 1))
    } else parts.push(...readOne(cursor, flags))
  }
  return { kind: 'choice', options: options.map((sequence) => ({ kind: 'sequence', parts: sequence })) }
}

function readGroup(cursor: Cursor, flags: Flags, depth: number): Expression {
  if (depth > MAX_DEPTH) throw cursor.refusal('groups are nested too deeply')
  const group = readChoice(cursor, flags, depth)
  if (!cursor.skip(')')) throw cursor.refusal('missing )')
  return group
}

/** Reads one condition or character, or every character of `\Q…\E`, whose end may be missing. */
function readOne(cursor: Cursor, flags: Flags): Expression[] {
  const [, quoted] = cursor.match(/\\Q(.*?)(?:\\E|$)/suy) ?? []
  if (quoted !== undefined)
    return [...quoted].map((character) => ({ kind: 'character', set: setOf([single(character)], flags) }))
  const holds = readCondition(cursor, flags)
  return [holds === null ? { kind: 'character', set: readCharacter(cursor, flags) } : { kind: 'condition', holds }]
}

/** What follows `(`: a group with its flags, or a flag setting for the rest (Go `regexp/syntax`, `parsePerlFlags`). */
interface Opening {
  kind: 'group' | 'setting'
  flags: Flags
}

/** The name of a group, unique or not, does not affect matching. */
const named = /\?P?<(\w+)>/uy
const flagged = /\?([imsU]*)(?:-([imsU]+))?([:)])/uy

/** Reads what follows `(`. */
function readOpening(cursor: Cursor, flags: Flags): Opening {
  if (!cursor.isAt('?') || cursor.match(named) !== null) return { kind: 'group', flags }
  const [, on = '', off = '', end] = cursor.match(flagged) ?? []
  if (end === undefined)
    throw cursor.refusal(`(${cursor.match(/\?[<P]?./suy)?.[0] ?? '?'} is not supported in Go’s expressions`)
  return { kind: end === ':' ? 'group' : 'setting', flags: switched(switched(flags, on, true), off, false) }
}

function switched(flags: Flags, letters: string, value: boolean): Flags {
  return {
    ignoreCase: letters.includes('i') ? value : flags.ignoreCase,
    lines: letters.includes('m') ? value : flags.lines,
    dotAll: letters.includes('s') ? value : flags.dotAll,
  }
}

/** Go's limit, for a single repetition and for the product of nested ones. */
const MAX_COPIES = 1000

interface Times {
  least: number
  most: number | null
}

/** Reads `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}`; null if there is none. Laziness does not affect whether a name matches. */
function readTimes(cursor: Cursor): Times | null {
  const [whole, sign, least, comma, most] = cursor.match(/(?:([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})\??/uy) ?? []
  if (whole === undefined) return null
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : null }
  const times = {
    least: Number(least),
    most: comma === undefined ? Number(least) : most === undefined ? null : Number(most),
  }
  const { least: from, most: until } = times
  if (from > MAX_COPIES || (until !== null && (until > MAX_COPIES || until < from)))
    throw cursor.refusal(`${whole} is not a valid repetition; the limit is ${MAX_COPIES}`)
  return times
}

function repeated(cursor: Cursor, part: Expression, { least, most }: Times): Expression {
  if (most === 0) return { kind: 'sequence', parts: [] }
  const repetition: Expression = { kind: 'repetition', part, least, most }
  if (Math.max(least, most ?? 0) >= 2 && copiesIn(repetition) > MAX_COPIES)
    throw cursor.refusal(`nested repetitions exceed ${MAX_COPIES}`)
  return repetition
}

function copiesIn(expression: Expression): number {
  switch (expression.kind) {
    case 'character':
    case 'condition':
      return 1
    case 'sequence':
      return Math.max(1, ...expression.parts.map(copiesIn))
    case 'choice':
      return Math.max(1, ...expression.options.map(copiesIn))
    case 'repetition':
      return Math.max(1, expression.most ?? expression.least) * copiesIn(expression.part)
  }
}

const isWord = (character: string | null) => character !== null && /^[0-9A-Za-z_]$/u.test(character)
const atBegin: Condition = (before) => before === null
const atEnd: Condition = (_before, after) => after === null
const atLineBegin: Condition = (before) => before === null || before === '\n'
const atLineEnd: Condition = (_before, after) => after === null || after === '\n'
const atWord: Condition = (before, after) => isWord(before) !== isWord(after)
const notAtWord: Condition = (before, after) => !atWord(before, after)

/** Reads `^`, `$`, `\A`, `\z`, `\b` or `\B`; null if there is none. Without `m`, `$` does not match before a final newline. */
function readCondition(cursor: Cursor, { lines }: Flags): Condition | null {
  const [token] = cursor.match(/[$^]|\\[AzbB]/uy) ?? []
  switch (token) {
    case '^':
      return lines ? atLineBegin : atBegin
    case '$':
      return lines ? atLineEnd : atEnd
    case '\\A':
      return atBegin
    case '\\z':
      return atEnd
    case '\\b':
      return atWord
    case '\\B':
      return notAtWord
    default:
      return null
  }
}
