import { AppError } from '#shared/errors'
import { accepts, build } from './machine'
import { parseExpression } from './parse'

export interface NamePattern {
  /** Whether any part of the name matches. */
  allows(name: string): boolean
}

/** Enough for any list of names that a person writes; a name of 255 characters is then matched in well under a second. */
const MAX_STATES = 20_000

/**
 * `name_whitelist`: a regular expression of Go. Some mean something else in JavaScript, and JavaScript's can take exponential
 * time. re2js (2.10) is no replacement: unlike Go it refuses two groups of one name and accepts `\p{Cn}`, its `\pC` contains
 * unassigned characters, and it needs Node 20. Errors: `invalid-input` with the expression and what is wrong.
 */
export function namePattern(expression: string): NamePattern {
  const start = build(parseExpression(expression), MAX_STATES)
  if (start === null) throw new AppError('invalid-input', `name_whitelist “${expression}”: it is too large.`)
  return { allows: (name) => accepts(start, name) }
}
