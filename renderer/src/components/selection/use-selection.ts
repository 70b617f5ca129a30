import { type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react'
import { isTyping, rowFor } from '../list-keys'
import { allOf, extended, nothingSelected, type Selected, stillThere, toggled } from './selected'

interface SelectionOptions<Key> {
  /** The keys of the rows in their order; a hole stands for a row that has not been fetched. */
  order: readonly (Key | undefined)[]
  /** The row whose detail is shown: a range begins there where nothing is selected. */
  current: Key | null
  /** Asks before it removes anything. */
  onDelete?(keys: Key[]): void
  /** For a list of which most rows are not fetched: what was selected stays so while it is out of sight. */
  keepsUnseen?: boolean
  /** Selects more than is in `order`; left out, that is all of it. */
  onAll?(): void
}

/** Several rows of a list. Each row is a `ListRow`, or has its key in `data-row-key` and a `SelectBox`. */
export interface Selection<Key> {
  /** Whether rows have a box to tick. */
  isOn: boolean
  /** In the order of the list. */
  keys: Key[]
  has(key: Key): boolean
  toggle(key: Key): void
  /** These, whatever was selected before. */
  set(keys: readonly Key[]): void
  /** Shows the boxes, with this row ticked where there is one. */
  begin(key?: Key): void
  all(): void
  clear(): void
  /** For the row's `onClick`: whether the click selected it, and so opens nothing. */
  click(event: MouseEvent, key: Key): boolean
  /** For the `onKeyDown` of the list: Ctrl+A, Shift with an arrow, Ctrl+Space, Delete and Esc. */
  press(event: KeyboardEvent): void
}

export function useSelection<Key extends string>(options: SelectionOptions<Key>): Selection<Key> {
  const { order, current, onDelete, keepsUnseen = false } = options
  const [state, setState] = useState<{ isOn: boolean; selected: Selected<Key> }>(off)
  const selected = useMemo(
    () => (keepsUnseen ? state.selected : stillThere(state.selected, order)),
    [state.selected, order, keepsUnseen],
  )
  const keys = useMemo(
    () =>
      keepsUnseen ? [...selected.keys] : order.filter((key): key is Key => key !== undefined && selected.keys.has(key)),
    [order, selected, keepsUnseen],
  )
  const select = (next: Selected<Key>) => setState({ isOn: true, selected: next })
  const clear = () => setState(off)
  const all = (anchor: Key | null) => (options.onAll === undefined ? select(allOf(order, anchor)) : options.onAll())

  function click(event: MouseEvent, key: Key): boolean {
    if (event.shiftKey) select(extended(selected, order, key, current))
    else if (event.ctrlKey || event.metaKey) select(toggled(selected, key))
    else return false
    return true
  }

  function press(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest('[data-row-key]') : null
    const place = order.findIndex((key) => key !== undefined && key === row?.getAttribute('data-row-key'))
    const here = order[place]
    if (here === undefined || isTyping(event.target)) return
    const isCommand = event.ctrlKey || event.metaKey
    const next = rowFor(event.key, place, order.length)
    const there = next === null ? undefined : order[next]
    if (event.shiftKey && there !== undefined) {
      // The list itself moves the focus there.
      select(extended(selected, order, there, here))
      return
    }
    if (event.key === 'Escape' && state.isOn) clear()
    else if (isCommand && event.key.toLowerCase() === 'a') all(here)
    else if (isCommand && event.key === ' ') select(toggled(selected, here))
    else if (isDelete(event) && onDelete !== undefined) onDelete(selected.keys.has(here) ? keys : [here])
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return {
    isOn: state.isOn,
    keys,
    has: (key) => selected.keys.has(key),
    toggle: (key) => select(toggled(selected, key)),
    begin: (key) => select(key === undefined ? nothingSelected : toggled(nothingSelected, key)),
    set: (chosen) => select({ keys: new Set(chosen), anchor: selected.anchor }),
    all: () => all(selected.anchor),
    clear,
    click,
    press,
  }
}

const off = { isOn: false, selected: nothingSelected }

/** A Mac's own keyboard has no Delete key: there it is Command with Backspace, as in the Finder. */
const isDelete = ({ key, metaKey }: KeyboardEvent): boolean => key === 'Delete' || (metaKey && key === 'Backspace')
