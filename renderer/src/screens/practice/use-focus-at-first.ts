import { useEffect, useRef } from 'react'

/** Gives a button the focus when it appears in place of the one that was pressed. */
export function useFocusAtFirst(takesFocus: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const wanted = useRef(takesFocus)
  useEffect(() => {
    if (wanted.current) button.current?.focus()
  }, [])
  return button
}
