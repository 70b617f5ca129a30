import type { MenuItemConstructorOptions } from 'electron'
import { oneTitle } from '#shared/logic/expiring/words'
import { countOf } from '#shared/logic/formatting'
import type { Expiring } from '#shared/model/expiring'

/** A menu of the tray has no search and does not scroll well. */
const MAX_ENTRIES = 10

interface TrayMenuActs {
  show(about: Expiring): void
  open(): void
  quit(): void
}

/** What is due, first what ends first; then what a tray's menu always has. */
export function trayMenu(due: readonly Expiring[], now: Date, acts: TrayMenuActs): MenuItemConstructorOptions[] {
  const hidden = due.length - MAX_ENTRIES
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const entries = due
    .slice(0, MAX_ENTRIES)
    .map(
      (about): MenuItemConstructorOptions => ({ label: asLabel(oneTitle(about, now)), click: () => acts.show(about) }),
    )
  return [
    ...(due.length === 0 ? [{ label: 'Nothing expires soon', enabled: false }] : entries),
    ...(hidden > 0 ? [{ label: `${countOf(hidden, 'more item', 'more items')}…`, click: acts.open }] : []),
    line,
    { label: 'Open Latchkey', click: acts.open },
    { label: 'Quit Latchkey', click: acts.quit },
  ]
}

export const trayTip = (due: readonly Expiring[]): string =>
  due.length === 0 ? 'Latchkey' : `Latchkey: ${countOf(due.length, 'item expires', 'items expire')} soon`

/** A single `&` would underline the letter behind it (Electron, MenuItem). */
const asLabel = (text: string): string => text.replaceAll('&', '&&')
