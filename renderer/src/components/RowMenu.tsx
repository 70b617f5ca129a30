import { Menu } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { useStore } from '../store'
import styles from './RowMenu.module.css'
import { shownThing, ThingMenuItems } from './shown-thing'

interface RowMenuProps<Key> {
  /** The keys of the rows, which have them in `data-row-key`. */
  order: readonly (Key | undefined)[]
  /** Shows the row's own thing beside the list: what can be done with it is what its screen offers. */
  onOpen(key: Key): void
  /** Menu items instead of those, where the row is one of several that are selected; false where it is not. */
  several(key: Key): ReactNode | false
  /** Menu items after those of the row's own thing. */
  more?(key: Key): ReactNode
  children: ReactNode
}

/** The right mouse button, the menu key or Shift+F10 on a row of this list: the same actions as behind the button of its screen. */
export function RowMenu<Key extends string>({ order, onOpen, several, more, children }: RowMenuProps<Key>) {
  const shown = useStore(shownThing)
  const [asked, setAsked] = useState<{ key: Key; row: HTMLElement } | null>(null)
  const forSeveral = asked !== null && several(asked.key)
  const isReady = asked !== null && (forSeveral !== false || shown?.id === asked.key)

  function ask(event: MouseEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row-key]') : null
    const key = order.find((one) => one !== undefined && one === row?.dataset['rowKey'])
    // Beside the rows there is no menu.
    if (row === null || key === undefined) return event.stopPropagation()
    if (several(key) === false) onOpen(key)
    setAsked({ key, row })
  }
  function close() {
    // A dialog that an item opens gives the focus back to where it was.
    asked?.row.querySelector('button')?.focus()
    setAsked(null)
  }
  // As the menus of the systems: it hangs on a point of the window, not on the row.
  useWindowEvent('resize', () => asked !== null && close())

  return (
    <Menu opened={isReady} onChange={(opened) => !opened && close()} returnFocus={false}>
      <Menu.ContextMenu>
        <div className={styles.rows} onContextMenuCapture={ask}>
          {children}
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown aria-label="Actions">
        {forSeveral === false ? (
          <>
            <ThingMenuItems actions={shown?.actions ?? []} />
            {asked !== null && more?.(asked.key)}
          </>
        ) : (
          forSeveral
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
