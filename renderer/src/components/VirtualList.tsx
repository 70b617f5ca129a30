import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import layout from './layout.module.css'
import { createTypeAhead, hasModifier, isTyping, rowFor, rowNamed } from './list-keys'
import { useListScroller } from './use-list-scroller'

interface VirtualListProps<Row> {
  label: string
  /** A hole stands for a row that has not been fetched yet. */
  rows: readonly (Row | undefined)[]
  total: number
  /** Of every row, in pixels. Nothing is measured: a height that was remembered for a place would outlive the row in it. */
  rowHeight: number
  /** What the list shows; another question begins at its top. */
  about?: string
  keyOf(row: Row): string | number
  /** The name that finds it when typed. */
  nameOf?(row: Row): string
  onEnd?(): void
  /** Which rows are in sight, both included. */
  onRange?(first: number, last: number): void
  /** Where the rows hold nothing to focus, the list itself is scrolled by keyboard. */
  focusable?: boolean
  /** Before the keys that lead from row to row. */
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  className?: string | undefined
  children(row: Row, index: number): ReactNode
}

/** Only the rows in sight are in the page, however long the list is. Arrow keys, Home, End and typed names go from row to row. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { rows, total, onEnd, onRange } = props
  const list = useRef<HTMLDivElement>(null)
  const scroller = useListScroller(list)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: scroller.element,
    scrollMargin: scroller.rowsBegin,
    estimateSize: () => props.rowHeight,
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what it waits for
  useEffect(() => virtualizer.scrollToOffset(0), [virtualizer, props.about])

  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length < total && last >= rows.length - 20) onEnd?.()
  }, [last, rows.length, total, onEnd])

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {}
  useEffect(() => onRange?.(startIndex, endIndex), [startIndex, endIndex, onRange])

  const [typing] = useState(createTypeAhead)
  /** A row far away is in the page only after it was scrolled to. */
  const awaited = useRef<number | null>(null)
  useEffect(() => {
    if (awaited.current !== null && focusRow(list.current, awaited.current)) awaited.current = null
  })
  function move(event: KeyboardEvent) {
    props.onKeyDown?.(event)
    if (event.isDefaultPrevented()) return
    const place = event.target instanceof Element ? event.target.closest('[data-index]') : null
    if (place === null || isTyping(event.target) || hasModifier(event)) return
    const here = Number(place.getAttribute('data-index'))
    const next = rowFor(event.key, here, rows.length) ?? named(event, here)
    if (next === null) return
    event.preventDefault()
    virtualizer.scrollToIndex(next)
    awaited.current = focusRow(list.current, next) ? null : next
  }
  function named(event: KeyboardEvent, here: number): number | null {
    const { nameOf } = props
    const typed = nameOf === undefined ? null : typing.add(event.key, event.timeStamp)
    if (typed === null) return null
    const names = rows.map((row) => (row === undefined ? undefined : nameOf?.(row)))
    return rowNamed(typed, here, names)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a shortcut; every row is a button of its own
    <div
      ref={list}
      className={props.className ?? layout.splitRows}
      data-rows
      onKeyDown={move}
      {...(props.focusable ? { tabIndex: 0, role: 'region', 'aria-label': props.label } : {})}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which ul and li would not add to */}
      <div role="list" aria-label={props.label} style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={props.keyOf(row)}
              role="listitem"
              aria-setsize={total}
              aria-posinset={index + 1}
              data-index={index}
              style={{
                position: 'absolute',
                insetInline: 0,
                top: 0,
                height: props.rowHeight,
                transform: `translateY(${start - scroller.rowsBegin}px)`,
              }}
            >
              {props.children(row, index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Whether it was there to get the focus. */
function focusRow(list: HTMLElement | null, index: number): boolean {
  const place = list?.querySelector(`[data-index="${index}"]`)
  const row = place?.querySelector<HTMLElement>(':is(button, input)')
  row?.focus()
  return row != null
}
