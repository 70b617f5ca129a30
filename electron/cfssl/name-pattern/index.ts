import { AppError } from '#shared/errors'
import { accepts, build } from './machine'
import { parseExpression } from './parse'

export interface NamePattern {
  /** Whether the expression matches any part of the name. */
  allows(name: string): boolean
}

/** Enough for any list of names written by hand, and small enough to match a name of 255 characters in well under a second. */
const MAX_STATES = 20_000

/**
 * Compiles `name_whitelist`, a Go regular expression. JavaScript gives some expressions another meaning and can take exponential
 * time. re2js (2.10) cannot replace this: unlike Go, it refuses two groups with the same name and accepts `\p{Cn}`, its `\pC`
 * contains unassigned characters, and it needs Node 20. Errors: `invalid-input` with the expression and the reason.
 */
export function namePattern(expression: string): NamePattern {
  const start = build(parseExpression(expression), MAX_STATES)
  if (start === null)
    throw new AppError('invalid-input', `name_whitelist “${expression}”: the expression is too large.`)
  return { allows: (name) => accepts(start, name) }
}
