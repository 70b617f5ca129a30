import { useEffect, useEffectEvent } from 'react'
import type { AppEvent } from '#shared/ipc/events'
import { onEvent } from '../api'
import { useImport } from '../import/import-context'
import { useNavigation } from '../navigation'

/** Turns what the menu asks for, and the keyboard, into moves of the window. */
export function EventBridge() {
  const { go, open } = useNavigation()
  const { choose } = useImport()

  const receive = useEffectEvent((event: AppEvent) => {
    if (event.type !== 'open') return
    if (event.screen === 'import') return void choose()
    if (event.screen === 'new' || event.screen === 'palette') return open(event.screen)
    go({ screen: event.screen })
  })

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
    event.preventDefault()
    open('palette')
  })

  useEffect(() => onEvent(receive), [])
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return null
}
