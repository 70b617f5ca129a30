import { first } from './001-first'

/** In order; a number is never reused and a shipped migration never edited. */
export const migrations: readonly string[] = [first]
