import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'

/**
 * What one file may make the computer do. Its parts and the spellings of its password share one budget: a file of fifty
 * bags, each just below a limit of its own, would keep a computer busy for an hour.
 */
export interface Budget {
  /** Rounds of key derivation that are left. */
  rounds: number
  /** Blocks of PEM, bags of PKCS#12 and members of PKCS#7 that are left. */
  parts: number
}

/** Enough for what Firefox and Chrome write (600,000 rounds for each of seven keys), four times over. */
export const MAX_ROUNDS = 20_000_000
/** The bundles of root certificates that systems ship have about 150 blocks. */
export const MAX_PARTS = 1000

export const createBudget = (): Budget => ({ rounds: MAX_ROUNDS, parts: MAX_PARTS })

/** Before a password is asked for that could not be tried. Errors: `too-many-iterations`. */
export function requireRounds(budget: Budget, rounds: number): void {
  if (rounds > budget.rounds) throw new AppError('too-many-iterations', `${rounds} rounds`)
}

/** Called right before the rounds are computed. Errors: `too-many-iterations`. */
export function spendRounds(budget: Budget, rounds: number): void {
  requireRounds(budget, rounds)
  budget.rounds -= rounds
}

/** Errors: `too-large`. */
export function spendParts(budget: Budget, parts: number): void {
  if (parts > budget.parts) throw new AppError('too-large', `The file has more than ${countOf(MAX_PARTS, 'part')}.`)
  budget.parts -= parts
}
