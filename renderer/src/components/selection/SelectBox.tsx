import { Checkbox } from '@mantine/core'
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
  return (
    <Checkbox
      size="xs"
      aria-label={`Select ${name}`}
      checked={selection.has(rowKey)}
      onChange={() => selection.toggle(rowKey)}
    />
  )
}
