import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { AppEvent } from '#shared/ipc/events'
import { onEvent } from '../api'
import { noteProgress } from '../progress'
import { refresh } from '../query-client'

/** Keeps every answer fresh and every progress told; in place before the gate, which waits for such an answer itself. */
export function ChangeBridge() {
  const client = useQueryClient()
  const receive = useEffectEvent((event: AppEvent) => {
    if (event.type === 'progress') noteProgress(event)
    if (event.type === 'changed') refresh(client, event.topics)
  })
  useEffect(() => onEvent(receive), [])
  return null
}
