import { setOf, single } from './character-set'
import { readCharacter } from './characters'
import { readCondition } from './conditions'
import { type Cursor, openCursor } from './cursor'
import { readOpening } from './groups'
import { readTimes, repeated } from './repetition'
import { type Expression, type Flags, noFlags } from './syntax'

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
