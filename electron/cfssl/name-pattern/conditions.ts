import type { Cursor } from './cursor'
import type { Condition, Flags } from './syntax'

const isWord = (character: string | null) => character !== null && /^[0-9A-Za-z_]$/u.test(character)
const atBegin: Condition = (before) => before === null
const atEnd: Condition = (_before, after) => after === null
const atLineBegin: Condition = (before) => before === null || before === '\n'
const atLineEnd: Condition = (_before, after) => after === null || after === '\n'
const atWord: Condition = (before, after) => isWord(before) !== isWord(after)
const notAtWord: Condition = (before, after) => !atWord(before, after)

/** `^`, `$`, `\A`, `\z`, `\b`, `\B`; null if none stands here. `$` without `m` is the very end, not before a last newline. */
export function readCondition(cursor: Cursor, { lines }: Flags): Condition | null {
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
