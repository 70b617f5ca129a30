import { readCharacter, setOf, single } from './characters'
import { type Cursor, openCursor } from './cursor'
import { type Condition, type Expression, type Flags, noFlags } from './syntax'

/** Deeper than anybody writes; the reading of each level takes room on the stack. */
const deepest = 200

/**
 * A regular expression of Go (RE2; its package `regexp/syntax` with the flags of `regexp.Compile`). Errors: `invalid-input`
 * for whatever Go does not accept, look-around and references back among it.
 */
export function parseExpression(expression: string): Expression {
  const cursor = openCursor(expression)
  const parsed = readChoice(cursor, noFlags, 0)
  if (!cursor.atEnd()) throw cursor.refusal('a ) closes nothing')
  return parsed
}

/** Alternatives up to a `)` or the end. Flags that are set between them stay set until there. */
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
      if (begin === repeatedUntil) throw cursor.refusal('a repetition is repeated')
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
  if (depth > deepest) throw cursor.refusal('its groups nest too deeply')
  const group = readChoice(cursor, flags, depth)
  if (!cursor.skip(')')) throw cursor.refusal('a ) is missing')
  return group
}

/** One condition or character; of `\Q…\E`, whose end may be missing, every character. */
function readOne(cursor: Cursor, flags: Flags): Expression[] {
  const [, quoted] = cursor.match(/\\Q(.*?)(?:\\E|$)/suy) ?? []
  if (quoted !== undefined)
    return [...quoted].map((character) => ({ kind: 'character', set: setOf([single(character)], flags) }))
  const holds = readCondition(cursor, flags)
  return [holds === null ? { kind: 'character', set: readCharacter(cursor, flags) } : { kind: 'condition', holds }]
}

/** What follows `(`: a group with its flags, or flags alone for what follows (Go `regexp/syntax`, `parsePerlFlags`). */
interface Opening {
  kind: 'group' | 'setting'
  flags: Flags
}

/** What a group is called, twice or not, decides nothing here. */
const named = /\?P?<(\w+)>/uy
const flagged = /\?([imsU]*)(?:-([imsU]+))?([:)])/uy

/** Behind `(`. */
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

/** Go's own limit, for one repetition and for those within each other. */
const mostCopies = 1000

interface Times {
  least: number
  most: number | null
}

/** `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, lazy or not, which decides nothing here; null if none stands here. */
function readTimes(cursor: Cursor): Times | null {
  const [whole, sign, least, comma, most] = cursor.match(/(?:([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})\??/uy) ?? []
  if (whole === undefined) return null
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : null }
  const times = {
    least: Number(least),
    most: comma === undefined ? Number(least) : most === undefined ? null : Number(most),
  }
  const { least: from, most: until } = times
  if (from > mostCopies || (until !== null && (until > mostCopies || until < from)))
    throw cursor.refusal(`${whole} is not a valid repetition; the limit is ${mostCopies}`)
  return times
}

function repeated(cursor: Cursor, part: Expression, { least, most }: Times): Expression {
  if (most === 0) return { kind: 'sequence', parts: [] }
  const repetition: Expression = { kind: 'repetition', part, least, most }
  if (Math.max(least, most ?? 0) >= 2 && copiesIn(repetition) > mostCopies)
    throw cursor.refusal(`nested repetitions exceed ${mostCopies}`)
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

/** `^`, `$`, `\A`, `\z`, `\b`, `\B`; null if none stands here. `$` without `m` is the very end, not before a last newline. */
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
