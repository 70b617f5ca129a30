import { expect, it } from 'vitest'
import { stageStates } from '../../../renderer/src/screens/access/roll-over/stages'

it('does not call the tests of a roll-over done because its next step has come', () => {
  expect(stageStates({ step: 'overlap' }).test).toBe('later')
  expect(stageStates({ step: 'move' })).toMatchObject({ overlap: 'done', test: 'now', move: 'now' })
  for (const step of ['retire', 'done'] as const)
    expect(stageStates({ step })).toMatchObject({ overlap: 'done', test: 'over', move: 'done' })
})
