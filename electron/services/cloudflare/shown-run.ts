import type { Run } from '#electron/cloudflare/apply/journal'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { stopWordsOnScreen } from '#shared/logic/access/apply-words'
import type { AccessRun } from '#shared/model/access-screen'
import type { AccessRunId } from '#shared/model/ids'

/** How far it is. @param isOver What its file says of its end. */
export function runState({ isUndone, changes, step }: Run, isOver: boolean): Exclude<AccessRun['state'], 'running'> {
  if (isUndone) return 'undone'
  return isOver || changes[step] === undefined ? 'done' : 'waiting'
}

/** A plan that was begun, in words for the window. @param isOver What its file says of its end. */
export function shownRun(id: AccessRunId, run: Run, isOver: boolean): AccessRun {
  const { before, changes, title, step, stopped, isBackedUp, rollOver } = run
  const steps = spellOut(
    before,
    changes.map((change) => ({ change, risks: [], confirm: [] })),
  )
  const next = changes[step]
  return {
    id,
    title,
    account: { id: before.id, name: before.name },
    begunAt: before.readAt,
    state: runState(run, isOver),
    steps: steps.map((one) => one.title),
    done: step,
    why: stopped === null ? null : stopWordsOnScreen[stopped],
    test: stopped === 'test-failed' && next?.kind === 'test-hostname' ? next.hostname : null,
    maySendAgain: stopped === 'uncertain',
    backup: isBackedUp,
    isRollOver: rollOver !== null,
  }
}
