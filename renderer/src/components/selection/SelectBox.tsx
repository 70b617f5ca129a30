import { RowTick } from './RowTick'
import type { Selection } from './use-selection'

interface SelectBoxProps<Key> {
  selection: Selection<Key>
  rowKey: Key
  /** Whose row it is. */
  name: string
}

/** Beside a row while several can be selected. */
export function SelectBox<Key>({ selection, rowKey, name }: SelectBoxProps<Key>) {
  if (!selection.isOn) return null
  return <RowTick name={name} checked={selection.has(rowKey)} onClick={() => selection.toggle(rowKey)} />
}
