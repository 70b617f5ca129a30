import type { AccessRollOver } from '#shared/model/access-roll-over'

export type StageId = 'overlap' | 'test' | 'move' | 'retire'
/** `over`: its time has passed. Whether it was done then is not known here. */
export type StageState = 'done' | 'now' | 'later' | 'over'

/** Tests come before anybody loses access, and can be made as long as both CAs are there. */
export function stageStates({ step }: Pick<AccessRollOver, 'step'>): Record<StageId, StageState> {
  switch (step) {
    case 'overlap':
      return { overlap: 'now', test: 'later', move: 'later', retire: 'later' }
    case 'move':
      return { overlap: 'done', test: 'now', move: 'now', retire: 'later' }
    case 'retire':
      return { overlap: 'done', test: 'over', move: 'done', retire: 'now' }
    case 'done':
      return { overlap: 'done', test: 'over', move: 'done', retire: 'done' }
  }
}
