import { notifications } from '@mantine/notifications'
import type { Channel } from '#shared/ipc/channels'
import { explanationOf, messages } from '#shared/messages'
import { failureFrom, useAction } from '../api'

/** Says in a corner what has failed and why, where the page has no place for it. Nothing where the person has called it off. */
export function showFailure(title: string, error: unknown): void {
  const failure = failureFrom(error)
  if (failure.code === 'cancelled') return
  const message = [messages[failure.code].title, explanationOf(failure), messages[failure.code].remedy].join(' ')
  notifications.show({ color: 'red', title, message, autoClose: 15_000 })
}

/** What a button or a line of a menu does that has no place for an error of its own. `failed`: its headline. */
export const useNoticedAction = <C extends Channel>(channel: C, failed: string) =>
  useAction(channel, (error) => showFailure(failed, error))
