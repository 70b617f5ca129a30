import { AppError } from '#shared/errors'

/** A place in an expression, from which it is read forwards, a Unicode character at a time. */
export interface Cursor {
  /** Characters read so far, to tell whether something was read in between. */
  position(): number
  atEnd(): boolean
  isAt(text: string): boolean
  /** Steps over `text` if it stands here. */
  skip(text: string): boolean
  /** Steps over what `pattern`, which has to be sticky, matches here. */
  match(pattern: RegExp): RegExpExecArray | null
  /** The next character, whatever it is. */
  next(): string
  /** The error that names the expression and what is wrong with it: `invalid-input`. */
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
      const isHere = cursor.isAt(text)
      if (isHere) place += text.length
      return isHere
    },
    match(pattern) {
      pattern.lastIndex = place
      const found = pattern.exec(expression)
      if (found !== null) place += found[0].length
      return found
    },
    next() {
      const point = expression.codePointAt(place)
      if (point === undefined) throw refusal('it ends too early')
      const character = String.fromCodePoint(point)
      place += character.length
      return character
    },
    refusal,
  }
  return cursor
}
