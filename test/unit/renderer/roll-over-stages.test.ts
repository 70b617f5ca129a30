import { expect, it } from 'vitest'
import { nextStage, numberOfStage, stageStates } from '../../../renderer/src/screens/access/roll-over/stages'

it('does not call the tests of a roll-over done because its next step has come', () => {
  expect(stageStates({ step: 'overlap' }).test).toBe('later')
  expect(stageStates({ step: 'move' })).toMatchObject({ overlap: 'done', test: 'now', move: 'now' })
  for (const step of ['retire', 'done'] as const)
    expect(stageStates({ step })).toMatchObject({ overlap: 'done', test: 'over', move: 'done' })
})

it('numbers the stages once, for the notice and for its page', () => {
  const next = (step: 'overlap' | 'move' | 'retire' | 'done') => nextStage({ step })
  expect([next('overlap'), next('move'), next('retire'), next('done')]).toEqual(['overlap', 'test', 'retire', null])
  expect((['overlap', 'test', 'move', 'retire'] as const).map(numberOfStage)).toEqual([1, 2, 3, 4])
})
