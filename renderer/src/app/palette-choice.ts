import type { IconPlus } from '@tabler/icons-react'

/** One line of the palette. */
export interface Entry {
  id: string
  label: string
  description?: string
  Icon: typeof IconPlus
  /** As the keys are labelled here. */
  shortcut?: string
  onClick(): void
}

/** What Enter takes: what was chosen with the arrows, if it is still there, or the first. */
export const activeEntry = (entries: readonly Entry[], chosen: string | null): Entry | null =>
  entries.find(({ id }) => id === chosen) ?? entries[0] ?? null

/** Where this key leads from there, round and round; null where it leads nowhere. */
export function nextEntry(entries: readonly Entry[], active: Entry | null, key: string): Entry | null {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (active === null || step === undefined) return null
  return entries.at((entries.indexOf(active) + step) % entries.length) ?? null
}
