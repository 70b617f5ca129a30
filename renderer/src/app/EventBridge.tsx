import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { AppEvent } from '#shared/ipc/events'
import { onEvent } from '../api'
import { useImport } from '../import/import-context'
import { useNavigation } from '../navigation'
import { noteProgress } from '../progress'
import { refresh } from '../query-client'

/** Turns what the main process says, and the keyboard, into changes of the window. */
export function EventBridge() {
  const client = useQueryClient()
  const { go, open } = useNavigation()
  const { choose } = useImport()

  const receive = useEffectEvent((event: AppEvent) => {
    if (event.type === 'progress') return noteProgress(event)
    if (event.type === 'changed') return refresh(client, event.topics)
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
