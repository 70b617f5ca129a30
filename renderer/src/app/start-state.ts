import { useEffect } from 'react'

/**
 * How far the start has come. The page states it (`<html data-start="…">`) for whoever must not act before they know: the
 * guided practice, the benchmark and the tests.
 *
 * - `listening`: every listener of the window is attached. What is dropped, pasted, pressed or chosen in the menu is taken.
 * - `answered`: the back end has answered its first question, so the database is open, and what an earlier start left half-done is
 *   in order as far as that needs nobody. Where the keys are locked, the rest follows when they are unlocked.
 * - `failed`: that answer was an error, and the window shows it.
 */
type StartState = 'listening' | 'answered' | 'failed'

/** To be called by a component above everything that listens: its effects run after those of what it renders. */
export function useStartState(state: StartState): void {
  useEffect(() => {
    document.documentElement.dataset['start'] = state
  }, [state])
}
