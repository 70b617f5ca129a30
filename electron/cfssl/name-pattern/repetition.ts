import type { Cursor } from './cursor'
import type { Expression } from './syntax'

/** Go's own limit, for one repetition and for those within each other. */
const mostCopies = 1000

interface Times {
  least: number
  most: number | null
}

/** `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, lazy or not, which decides nothing here; null if none stands here. */
export function readTimes(cursor: Cursor): Times | null {
  const [whole, sign, least, comma, most] = cursor.match(/(?:([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})\??/uy) ?? []
  if (whole === undefined) return null
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : null }
  const times = {
    least: Number(least),
    most: comma === undefined ? Number(least) : most === undefined ? null : Number(most),
  }
  const { least: from, most: until } = times
  if (from > mostCopies || (until !== null && (until > mostCopies || until < from)))
    throw cursor.refusal(`${whole} is no number of times; at most ${mostCopies} are possible`)
  return times
}

export function repeated(cursor: Cursor, part: Expression, { least, most }: Times): Expression {
  if (most === 0) return { kind: 'sequence', parts: [] }
  const repetition: Expression = { kind: 'repetition', part, least, most }
  if (Math.max(least, most ?? 0) >= 2 && copiesIn(repetition) > mostCopies)
    throw cursor.refusal(`it repeats repetitions more than ${mostCopies} times`)
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
