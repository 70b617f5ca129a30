import { type RefObject, useLayoutEffect, useState } from 'react'
import { useShort } from './use-narrow'

/** What scrolls the rows of a list, and how far below its top they begin. */
interface ListScroller {
  element(): HTMLElement | null
  rowsBegin: number
}

/** The list itself; in a short window, where the styles take its bar away, the nearest element around it that has one. */
export function useListScroller(list: RefObject<HTMLElement | null>): ListScroller {
  const isShort = useShort()
  const [rowsBegin, setRowsBegin] = useState(0)
  const element = () => (isShort ? scrollerOf(list.current) : list.current)
  // After each drawing: what stands above the rows comes and goes. React draws again only where it has changed.
  useLayoutEffect(() => setRowsBegin(isShort ? placeIn(element(), list.current) : 0))
  return { element, rowsBegin }
}

function scrollerOf(list: HTMLElement | null): HTMLElement | null {
  let here = list
  while (here !== null && !/^(?:auto|scroll)$/u.test(getComputedStyle(here).overflowY)) here = here.parentElement
  return here
}

/** Of the rows, which begin below what the list leaves free above them. */
function placeIn(scroller: HTMLElement | null, list: HTMLElement | null): number {
  const rows = list?.firstElementChild
  if (scroller === null || scroller === list || rows === null || rows === undefined) return 0
  return rows.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
