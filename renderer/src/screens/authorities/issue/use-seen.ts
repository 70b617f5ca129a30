import { useCallback, useState } from 'react'

/** Which rows have been on the screen. */
export function useSeen() {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set())
  const see = useCallback((first: number, last: number) => {
    setSeen((before) => {
      const more = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
        (row) => !before.has(row),
      )
      return more.length === 0 ? before : new Set([...before, ...more])
    })
  }, [])
  return { seen, see }
}
