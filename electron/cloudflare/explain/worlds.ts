import type { Factor } from '#shared/model/access-explanation'

/** Something about a request that the account and the certificate do not tell: it has one of these values. */
export interface Variable {
  key: string
  factor: Factor
  values: readonly string[]
}

/** What is assumed about a request so far, by the keys of variables. */
export type World = ReadonlyMap<string, string>

/** Yes, no, or open, and then by what. */
export type Judgement = { truth: 'yes' | 'no' } | { truth: 'unknown'; variables: Variable[] }

export const yes: Judgement = { truth: 'yes' }
export const no: Judgement = { truth: 'no' }

export const known = (holds: boolean): Judgement => (holds ? yes : no)

/** Holds where the variable has one of the wanted values. */
export function ask(world: World, variable: Variable, isWanted: (value: string) => boolean): Judgement {
  const value = world.get(variable.key)
  return value === undefined ? { truth: 'unknown', variables: [variable] } : known(isWanted(value))
}

export const toggle = (key: string, factor: Factor): Variable => ({ key, factor, values: ['yes', 'no'] })

export const isYes = (value: string): boolean => value === 'yes'

/** Kleene's three-valued logic: one that holds is enough. */
export const any = (judgements: Judgement[]): Judgement => combine(judgements, 'yes')

/** One that does not hold is enough to fail. */
export const all = (judgements: Judgement[]): Judgement => combine(judgements, 'no')

export const not = (judgement: Judgement): Judgement =>
  judgement.truth === 'unknown' ? judgement : known(judgement.truth === 'no')

function combine(judgements: Judgement[], deciding: 'yes' | 'no'): Judgement {
  if (judgements.some(({ truth }) => truth === deciding)) return known(deciding === 'yes')
  const variables = judgements.flatMap((one) => (one.truth === 'unknown' ? one.variables : []))
  return variables.length > 0 ? { truth: 'unknown', variables } : known(deciding === 'no')
}

export type Outcome = 'let-in' | 'refused'

/** Settled, or open: then `variables` has at least one. */
export type Decision = { outcome: Outcome } | { outcome: null; variables: Variable[] }

/** Enough to try eight independent facts in every combination. With more, the verdict is "depends" without trying. */
const MAX_TRIES = 2_000

/**
 * Every outcome that is possible in some world. A variable is settled one value after another and the decision taken again,
 * so that a fact which is mentioned twice is the same fact both times: nobody is in two countries.
 */
export function possibleOutcomes(decide: (world: World) => Decision): Set<Outcome> {
  const found = new Set<Outcome>()
  let tries = 0
  const explore = (world: World): void => {
    if (found.size === 2) return
    tries += 1
    const decision = decide(world)
    if (decision.outcome !== null) found.add(decision.outcome)
    else if (tries > MAX_TRIES) found.add('let-in').add('refused')
    else {
      const [variable] = decision.variables
      for (const value of variable?.values ?? []) if (variable) explore(new Map(world).set(variable.key, value))
    }
  }
  explore(new Map())
  return found
}
