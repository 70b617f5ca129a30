import type { Handlers } from '#shared/ipc/contract'
import { discardedSentence, isWaiting } from '#shared/logic/interrupted-words'
import { type Pretence, refuse } from '../pretence'

type Area = Pick<Handlers, 'interrupted.list' | 'interrupted.discard'>

export function pretendInterrupted({ world, changed, log }: Pretence): Area {
  return {
    'interrupted.list': async () => {
      const waiting = world.interrupted.filter(isWaiting)
      return { rows: world.interrupted, notRun: world.interrupted.length - waiting.length, waiting: waiting.length }
    },
    'interrupted.discard': async ({ id }) => {
      const entry = world.interrupted.find((candidate) => candidate.id === id)
      if (entry === undefined) throw refuse('not-found')
      if (isWaiting(entry)) throw refuse('change-waits')
      world.interrupted = world.interrupted.filter((candidate) => candidate !== entry)
      log('change-discarded', entry.subject ?? 'Interrupted change', discardedSentence(entry))
      changed('vault', 'activity')
      return true
    },
  }
}
