import { AppError } from '#shared/errors'

/** Reads an expression from start to end, one Unicode character at a time. */
export interface Cursor {
  /** The current offset. Equal offsets mean that nothing was read in between. */
  position(): number
  atEnd(): boolean
  isAt(text: string): boolean
  /** Skips `text` if it comes next, and says whether it did. */
  skip(text: string): boolean
  /** Skips what `pattern` matches at this position. The pattern must be sticky. */
  match(pattern: RegExp): RegExpExecArray | null
  /** Reads the next character. */
  next(): string
  /** Creates an `invalid-input` error with the expression and the reason. */
  refusal(reason: string): AppError
}

export function openCursor(expression: string): Cursor {
  let place = 0
  const refusal = (reason: string) => new AppError('invalid-input', `name_whitelist “${expression}”: ${reason}.`)
  const cursor: Cursor = {
    position: () => place,
    atEnd: () => place >= expression.length,
    isAt: (text) => expression.startsWith(text, place),
    skip(text) {
      const isNext = cursor.isAt(text)
      if (isNext) place += text.length
      return isNext
    },
    match(pattern) {
      pattern.lastIndex = place
      const found = pattern.exec(expression)
      if (found !== null) place += found[0].length
      return found
    },
    next() {
      const point = expression.codePointAt(place)
      if (point === undefined) throw refusal('unexpected end')
      const character = String.fromCodePoint(point)
      place += character.length
      return character
    },
    refusal,
  }
  return cursor
}
