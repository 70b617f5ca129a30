import { useMemo, useState } from 'react'
import type { IssuedCertificate } from '#shared/model/authority'
import type { Sha256 } from '#shared/model/ids'
import { type Selection, useSelection } from '../../../components/selection/use-selection'

/** The selection of a list of which most rows are not fetched, with the rows themselves, in sight or not. */
export interface IssuedSelection extends Selection<Sha256> {
  /** As they were seen last: one that is out of sight may have changed since. */
  rows: IssuedCertificate[]
  /** These, also where the list has not fetched them. */
  select(rows: readonly IssuedCertificate[]): void
}

interface SelectionOptions {
  rows: readonly (IssuedCertificate | undefined)[]
  order: readonly (Sha256 | undefined)[]
  onAll(): void
}

type Rows = ReadonlyMap<Sha256, IssuedCertificate>

const byKey = (rows: readonly (IssuedCertificate | undefined)[]): Rows =>
  new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.sha256, row]])))

export function useIssuedSelection({ rows, order, onAll }: SelectionOptions): IssuedSelection {
  const selection = useSelection({ order, current: null, keepsUnseen: true, onAll })
  const [kept, setKept] = useState<Rows>(new Map())
  const inSight = useMemo(() => byKey(rows), [rows])
  const chosen = selection.keys.map((key) => inSight.get(key) ?? kept.get(key)).filter((row) => row !== undefined)
  // Whatever is selected is in sight at that moment: from then on it is known, wherever the list is scrolled to.
  if (chosen.some((row) => kept.get(row.sha256) !== row)) setKept(byKey(chosen))

  function select(all: readonly IssuedCertificate[]): void {
    setKept(byKey(all))
    selection.set(all.map(({ sha256 }) => sha256))
  }

  return { ...selection, rows: chosen, select }
}
