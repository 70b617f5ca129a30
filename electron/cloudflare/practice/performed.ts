import type { PracticeState } from './state'

/** What a change of the practice account needs from outside. */
export interface Surroundings {
  now: Date
  /** An id that nothing has yet. */
  newId(): string
}

/** What came of a change. */
export interface Performed {
  state: PracticeState
  /** Of what was created or changed. */
  value: string | null
}
