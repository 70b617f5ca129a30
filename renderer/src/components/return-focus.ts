import { useEffect } from 'react'

/** What had the focus, the latest first. A few are enough: a dialog opens from a menu, a palette or another dialog. */
let history: WeakRef<HTMLElement>[] = []

/** A menu or a list of choices is gone once something was chosen in it: the focus goes back to what opened it. */
const passing = '[role="menu"], [role="listbox"]'

/** From the start on; without it nothing is known to go back to. */
export function rememberFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.closest(passing) !== null) return
    history = [new WeakRef(target), ...history.filter((one) => one.deref() !== target)].slice(0, 12)
  })
}

/** When a dialog or the palette is gone, the focus is where it last was and still can be: never nowhere. */
export function useReturnFocus(): void {
  useEffect(() => () => returnFocus(), [])
}

function returnFocus(): void {
  // Another dialog may have it already.
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const last = history.map((one) => one.deref()).find((one) => one !== undefined && canHaveFocus(one))
  const place = last ?? document.querySelector<HTMLElement>('main')
  place?.focus()
}

const canHaveFocus = (element: HTMLElement): boolean =>
  element.isConnected && element.offsetParent !== null && getComputedStyle(element).visibility === 'visible'
