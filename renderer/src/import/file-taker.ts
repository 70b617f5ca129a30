import { useEffectEvent, useLayoutEffect } from 'react'
import type { Source } from './file-sources'

type Taker = (sources: Source[]) => void

/** Forms that take files themselves, the one on top last. */
let takers: Taker[] = []

/** While this form is open, what is dropped or pasted anywhere is for it. */
export function useFileTaker(take: Taker): void {
  const current = useEffectEvent(take)
  // Before the form is painted: whoever sees it may drop a file at once.
  useLayoutEffect(() => {
    const taker: Taker = (sources) => current(sources)
    takers = [...takers, taker]
    return () => {
      takers = takers.filter((each) => each !== taker)
    }
  }, [])
}

export const fileTaker = (): Taker | null => takers.at(-1) ?? null
