import { AppError } from '#shared/errors'
import { accepts, build } from './machine'
import { parseExpression } from './parse'

export interface NamePattern {
  /** Whether any part of the name matches. */
  allows(name: string): boolean
}

/** Enough for any list of names that a person writes; a name of 255 characters is then looked through in well under a second. */
const mostStates = 20_000

/**
 * `name_whitelist`: a regular expression of Go, which means something else in JavaScript now and then, and never takes long,
 * which JavaScript's do. So it is read and matched here. Errors: `invalid-input` with the expression and what is wrong.
 */
export function namePattern(expression: string): NamePattern {
  const start = build(parseExpression(expression), mostStates)
  if (start === null) throw new AppError('invalid-input', `name_whitelist “${expression}”: it is too large.`)
  return { allows: (name) => accepts(start, name) }
}
