import { useCallback, useRef, useState } from 'react'
import type { IssuedCertificate } from '#shared/model/authority'

type Rows = readonly (IssuedCertificate | undefined)[]

/**
 * Selected certificates, whether or not they are in sight. `components/selection` is for lists that are here as a whole: most
 * rows of this one are not fetched, so it keeps the rows themselves.
 */
export interface IssuedSelection {
  rows: IssuedCertificate[]
  has(row: IssuedCertificate): boolean
  /** With `until`, everything between the last choice and this row, as the list shows it. */
  toggle(row: IssuedCertificate, until?: Rows): void
  select(rows: IssuedCertificate[]): void
  clear(): void
}

export function useIssuedSelection(): IssuedSelection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, IssuedCertificate>>(new Map())
  const last = useRef<string | null>(null)

  const toggle = useCallback((row: IssuedCertificate, until?: Rows) => {
    const range = until === undefined ? [] : between(until, last.current, row.sha256)
    last.current = row.sha256
    setChosen((before) => {
      const after = new Map(before)
      if (range.length > 0) for (const each of range) after.set(each.sha256, each)
      else if (!after.delete(row.sha256)) after.set(row.sha256, row)
      return after
    })
  }, [])
  const select = useCallback(
    (rows: IssuedCertificate[]) => setChosen(new Map(rows.map((row) => [row.sha256, row]))),
    [],
  )
  const clear = useCallback(() => setChosen(new Map()), [])

  return { rows: [...chosen.values()], has: ({ sha256 }) => chosen.has(sha256), toggle, select, clear }
}

/** Both ends included; nothing where one of them is not in the list any more. */
function between(rows: Rows, one: string | null, other: string): IssuedCertificate[] {
  const places = [one, other].map((sha256) => rows.findIndex((row) => row?.sha256 === sha256))
  const [first = -1, last = -1] = places.sort((a, b) => a - b)
  return first < 0 ? [] : rows.slice(first, last + 1).filter((row) => row !== undefined)
}
