import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { AppEvent } from '#shared/ipc/events'
import type { NotifiedThing, WindowCommand } from '#shared/model/window-command'
import { call, hasCode, onEvent } from '../api'
import { showFailure } from '../components/failure-notice'
import { arrivals } from '../import/arrivals'
import { batchFrom } from '../import/file-sources'
import { useNavigation } from '../navigation'
import { noteProgress } from '../progress'
import { refresh } from '../query-client'
import { useAppActions } from './use-app-actions'

/** Refetches what an event has made stale and notes progress. Above the gate, which waits for an answer itself. */
export function ChangeBridge() {
  const client = useQueryClient()
  const receive = useEffectEvent((event: AppEvent) => {
    if (event.type === 'progress') noteProgress(event)
    if (event.type === 'changed') refresh(client, event.topics)
  })
  useEffect(() => onEvent(receive), [])
  return null
}

/** A start that failed is shown by the gate, and nothing can be done in this window then. */
function sayWhyNot(error: unknown): void {
  if (!hasCode(error, 'internal')) return
  showFailure('The files could not be opened.', error)
}

/** Runs the commands of the menu, the system and a second start, including those from before this page was loaded. */
export function CommandBridge() {
  const { go } = useNavigation()
  const actions = useAppActions()

  const show = (about: NotifiedThing) => {
    if ('identity' in about) go({ screen: 'certificates', identity: about.identity, stored: null })
    else if ('stored' in about) go({ screen: 'certificates', identity: null, stored: about.stored })
    else if ('issuer' in about) go({ screen: 'authorities', issuer: about.issuer, issuerView: 'overview' })
    else go({ screen: 'authorities' })
  }
  const obey = useEffectEvent((command: WindowCommand) => {
    if (command.kind === 'files') {
      const names = command.files.map(({ name }) => name)
      return arrivals.add({ names, get: async () => batchFrom(command) })
    }
    if (command.kind === 'show') return show(command.about)
    if (command.kind === 'renew')
      return go({ screen: 'certificates', identity: command.identity, renew: command.identity })
    actions[command.action]()
  })

  useEffect(() => {
    const fetch = async () => {
      for (const command of await call('app.commands', undefined)) obey(command)
    }
    const fetchIfPossible = () => void fetch().catch(sayWhyNot)
    const stop = onEvent((event) => {
      if (event.type === 'command') fetchIfPossible()
    })
    fetchIfPossible()
    return stop
  }, [])
  return null
}
