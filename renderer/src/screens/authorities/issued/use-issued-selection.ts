import { useRef } from 'react'
import type { IssuedCertificate } from '#shared/model/authority'
import type { Sha256 } from '#shared/model/ids'
import { type Selection, useSelection } from '../../../components/selection/use-selection'

/** The selection of a list of which most rows are not fetched, with the rows themselves, in sight or not. */
export interface IssuedSelection extends Selection<Sha256> {
  rows: IssuedCertificate[]
  /** These, also where the list has not fetched them. */
  select(rows: readonly IssuedCertificate[]): void
}

interface SelectionOptions {
  rows: readonly (IssuedCertificate | undefined)[]
  order: readonly (Sha256 | undefined)[]
  onAll(): void
}

export function useIssuedSelection({ rows, order, onAll }: SelectionOptions): IssuedSelection {
  const selection = useSelection({ order, current: null, keepsUnseen: true, onAll })
  // What was chosen, as it was seen last: a range can reach over rows that were in sight before.
  const seen = useRef(new Map<Sha256, IssuedCertificate>())
  // Holes are passed over.
  rows.forEach((row) => {
    if (row !== undefined) seen.current.set(row.sha256, row)
  })
  const chosen = selection.keys.map((key) => seen.current.get(key)).filter((row) => row !== undefined)

  function select(all: readonly IssuedCertificate[]): void {
    for (const row of all) seen.current.set(row.sha256, row)
    selection.set(all.map(({ sha256 }) => sha256))
  }

  return { ...selection, rows: chosen, select }
}
