import type { AccessRollOver } from '#shared/model/access-roll-over'

/** In the order in which they are done, which numbers them. */
export const stageIds = ['overlap', 'test', 'move', 'retire'] as const
export type StageId = (typeof stageIds)[number]
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

export const numberOfStage = (id: StageId): number => stageIds.indexOf(id) + 1

/** The first of those that can be done now; null once nothing is left. */
export function nextStage(rollOver: Pick<AccessRollOver, 'step'>): StageId | null {
  const states = stageStates(rollOver)
  return stageIds.find((id) => states[id] === 'now') ?? null
}
