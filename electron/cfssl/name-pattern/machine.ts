import type { CharacterSet, Condition, Expression } from './syntax'

/** A state of the nondeterministic automaton (Thompson's construction). */
export type State =
  | { kind: 'accepting' }
  | { kind: 'reading'; set: CharacterSet; next: State }
  | { kind: 'requiring'; holds: Condition; next: State }
  | { kind: 'forking'; nexts: State[] }

/** Builds the automaton of an expression; null if it would have more than `limit` states. */
export function build(expression: Expression, limit: number): State | null {
  let left = limit
  const made = <S extends State>(state: S): S => {
    left -= 1
    return state
  }

  /** The state that matches `part` and continues with `next`. Stops building once the limit is exceeded. */
  function before(next: State, part: Expression): State {
    if (left < 0) return next
    switch (part.kind) {
      case 'character':
        return made({ kind: 'reading', set: part.set, next })
      case 'condition':
        return made({ kind: 'requiring', holds: part.holds, next })
      case 'sequence':
        return part.parts.reduceRight(before, next)
      case 'choice':
        return made({ kind: 'forking', nexts: part.options.map((option) => before(next, option)) })
      case 'repetition':
        return repeating(next, part)
    }
  }

  function repeating(next: State, { part, least, most }: Extract<Expression, { kind: 'repetition' }>): State {
    let state = next
    if (most === null) {
      const loop = made({ kind: 'forking', nexts: [next] })
      loop.nexts.push(before(loop, part))
      state = loop
    } else
      for (let more = least; more < most; more += 1)
        state = made({ kind: 'forking', nexts: [next, before(state, part)] })
    for (let times = 0; times < least; times += 1) state = before(state, part)
    return state
  }

  const start = before({ kind: 'accepting' }, expression)
  return left < 0 ? null : start
}

/**
 * Whether the automaton matches any part of `text`, as cfssl tests it with Go's `Find`. It follows all states in parallel in a
 * single pass, so the time is at most the length of the text times the number of states.
 */
export function accepts(start: State, text: string): boolean {
  const characters = [...text]
  let states: State[] = []
  for (let place = 0; place <= characters.length; place += 1) {
    const after = characters[place] ?? null
    const reached = reachable([start, ...states], characters[place - 1] ?? null, after)
    if (reached === 'accepting') return true
    states = after === null ? [] : reached.filter(({ set }) => set(after)).map(({ next }) => next)
  }
  return false
}

type Reading = Extract<State, { kind: 'reading' }>

/** The states that read the next character, among all that can be reached without reading one. */
function reachable(from: State[], before: string | null, after: string | null): Reading[] | 'accepting' {
  const waiting = [...from]
  const seen = new Set<State>()
  const readers: Reading[] = []
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (seen.has(state)) continue
    seen.add(state)
    if (state.kind === 'accepting') return 'accepting'
    if (state.kind === 'reading') readers.push(state)
    else if (state.kind === 'forking') waiting.push(...state.nexts)
    else if (state.holds(before, after)) waiting.push(state.next)
  }
  return readers
}
