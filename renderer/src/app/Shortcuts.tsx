import { useEffect, useEffectEvent } from 'react'
import { useNavigation } from '../navigation'

/** Keys that work on every screen; the menu has its own. */
export function Shortcuts() {
  const { open, overlay } = useNavigation()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
    event.preventDefault()
    // It would take the place of a window in which something may have been typed.
    if (overlay === null) open('palette')
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return null
}
