/** Which rows of a list are selected, and from where a range is counted. */
export interface Selected<Key> {
  keys: ReadonlySet<Key>
  anchor: Key | null
}

export const nothingSelected: Selected<never> = { keys: new Set(), anchor: null }

/** This row in or out; the next range begins at it. */
export function toggled<Key>({ keys }: Selected<Key>, key: Key): Selected<Key> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return { keys: next, anchor: key }
}

/** Everything from the anchor to this row, and nothing else, as in the lists of the systems. A hole has not been fetched. */
export function extended<Key>(
  { anchor }: Selected<Key>,
  order: readonly (Key | undefined)[],
  to: Key,
  start: Key | null,
): Selected<Key> {
  const from = [anchor, start, to].find((key): key is Key => key !== null && order.includes(key)) ?? to
  const ends = [order.indexOf(from), order.indexOf(to)]
  const range = order.slice(Math.min(...ends), Math.max(...ends) + 1).filter((key): key is Key => key !== undefined)
  return { keys: new Set(range), anchor: from }
}

export const allOf = <Key>(order: readonly (Key | undefined)[], anchor: Key | null): Selected<Key> => ({
  keys: new Set(order.filter((key): key is Key => key !== undefined)),
  anchor,
})

/** Without the rows that are gone, or that a search has hidden: nothing happens to what is not in sight of the list. */
export function stillThere<Key>(selected: Selected<Key>, order: readonly (Key | undefined)[]): Selected<Key> {
  const there = new Set(order)
  const keys = new Set([...selected.keys].filter((key) => there.has(key)))
  return keys.size === selected.keys.size ? selected : { ...selected, keys }
}
