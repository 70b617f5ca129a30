import { useCallback, useRef, useState } from 'react'

/** Rows that were selected in a list, by their keys, whether or not they are in sight. */
export interface Selection<Row> {
  rows: Row[]
  has(row: Row): boolean
  /** With `until`, everything between the last choice and this row, as the list shows it. */
  toggle(row: Row, until?: readonly (Row | undefined)[]): void
  select(rows: Row[]): void
  clear(): void
}

export function useSelection<Row>(keyOf: (row: Row) => string): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map())
  const last = useRef<string | null>(null)

  const toggle = useCallback(
    (row: Row, until?: readonly (Row | undefined)[]) => {
      const key = keyOf(row)
      const range = until === undefined ? [] : between(until, keyOf, last.current, key)
      last.current = key
      setChosen((before) => {
        const after = new Map(before)
        if (range.length > 0) for (const each of range) after.set(keyOf(each), each)
        else if (!after.delete(key)) after.set(key, row)
        return after
      })
    },
    [keyOf],
  )
  const select = useCallback((rows: Row[]) => setChosen(new Map(rows.map((row) => [keyOf(row), row]))), [keyOf])
  const clear = useCallback(() => setChosen(new Map()), [])

  return { rows: [...chosen.values()], has: (row) => chosen.has(keyOf(row)), toggle, select, clear }
}

/** Both ends included; nothing where one of them is not in the list any more. */
function between<Row>(
  rows: readonly (Row | undefined)[],
  keyOf: (row: Row) => string,
  one: string | null,
  other: string,
): Row[] {
  const places = [one, other].map((key) => rows.findIndex((row) => row !== undefined && keyOf(row) === key))
  const [first = -1, last = -1] = places.sort((a, b) => a - b)
  return first < 0 ? [] : rows.slice(first, last + 1).filter((row) => row !== undefined)
}
