import { afterEach, describe, expect, it } from 'vitest'
import { LabPolicy } from '#shared/model/lab'
import {
  currentRun,
  isReady,
  nextStep,
  noteRuleChanged,
  run,
  runRest,
  startOver,
} from '../../../renderer/src/screens/practice/practice-run'
import { dependentsOf, journey, type Step, steps } from '../../../renderer/src/screens/practice/practice-steps'
import { expectedVerdicts } from '../../../renderer/src/screens/practice/run-step'

afterEach(startOver)

const good = async () => ({ held: true, sentence: 'Done.' })

describe('the practice walk', () => {
  it('knows what a repeated step makes stale', () => {
    expect(dependentsOf('request')).toEqual(['issue', 'install', 'test-direct', 'test-browser', 'remove'])
    expect(dependentsOf('remove')).toEqual([])
  })

  it('offers one step after the other', async () => {
    expect(nextStep(currentRun())).toBe('lab')
    expect(steps.filter((step) => isReady(step, currentRun(), false))).toEqual(['lab', 'request'])
    await run('lab', good)
    await run('request', async () => ({ held: true, sentence: 'Made.', subject: { identity: 'id', name: 'Ada' } }))
    expect(currentRun().subject?.name).toBe('Ada')
    expect(nextStep(currentRun())).toBe('issue')
    expect(isReady('issue', currentRun(), true)).toBe(true)
    expect(isReady('issue', currentRun(), false)).toBe(false)
  })

  it('remembers all that it made until that is tidied up, and then has nothing to go on with', async () => {
    const make = (identity: string) =>
      run('request', async () => ({ ...(await good()), subject: { identity, name: 'Ada' } }))
    const tidyUp = () => run('remove', async () => ({ ...(await good()), subject: null }))
    await tidyUp()
    await make('one')
    startOver()
    await make('two')
    await run('issue', good)
    expect(currentRun().made.map(({ identity }) => identity)).toEqual(['one', 'two'])
    await tidyUp()
    expect(currentRun()).toMatchObject({ subject: null, made: [] })
    expect(steps.filter((step) => isReady(step, currentRun(), true))).toEqual(['lab', 'request'])
  })

  const everyStep = async (step: Step) => ({
    ...(await good()),
    ...(step === 'request' && { subject: { identity: 'id', name: 'Ada' } }),
    ...(step === 'remove' && { subject: null }),
  })

  it('runs every step but cleaning up, which is left to the person', async () => {
    const asked: Step[] = []
    await runRest((step) => {
      asked.push(step)
      return everyStep(step)
    })
    expect(asked).toEqual(journey)
    expect(asked).not.toContain('remove')
    expect(nextStep(currentRun())).toBeNull()
    expect(currentRun()).toMatchObject({
      isComplete: true,
      subject: { identity: 'id' },
      steps: { remove: { state: 'idle' } },
    })
    expect(isReady('remove', currentRun(), true)).toBe(true)
    await run('remove', everyStep)
    expect(currentRun()).toMatchObject({ isComplete: true, subject: null })
  })

  it('is not complete after a step that failed, nor after another request', async () => {
    await runRest(async (step) => ({ ...(await everyStep(step)), held: step !== 'test-browser' }))
    expect(currentRun().isComplete).toBe(false)
    await run('test-browser', good)
    expect(currentRun().isComplete).toBe(true)
    await run('request', everyStep)
    expect(currentRun().isComplete).toBe(false)
  })

  it('has to be tested again once the rule is changed, also while a test is running', async () => {
    await runRest(everyStep)
    noteRuleChanged()
    expect(nextStep(currentRun())).toBe('test-direct')
    expect(currentRun()).toMatchObject({ isComplete: true, steps: { install: { state: 'done' } } })
    await run('test-direct', async () => {
      noteRuleChanged()
      return { held: true, sentence: 'Let in under the rule before.' }
    })
    expect(currentRun().steps['test-direct']).toMatchObject({ state: 'idle', sentence: '' })
  })

  it('keeps a failure visible and does not go on', async () => {
    expect(await run('lab', () => Promise.reject(new Error('no port')))).toBe(false)
    expect(currentRun().steps.lab).toMatchObject({
      state: 'failed',
      sentence: 'Something went wrong inside Latchkey.',
    })
    expect(await run('lab', async () => ({ held: false, sentence: 'It did not start.' }))).toBe(false)
    expect(currentRun().steps.lab).toMatchObject({ state: 'failed', error: null })
  })
})

describe('what a test under a rule must come to', () => {
  const names = (...commonNames: string[]) => ({ kind: 'common-name', commonNames }) as const
  it.each([
    [{ action: 'service-auth', rule: { kind: 'valid-certificate' } }, ['let-in']],
    [{ action: 'service-auth', rule: names('Ada') }, ['let-in']],
    [{ action: 'service-auth', rule: names('Bob') }, ['refused-although-verified', 'refused']],
    [{ action: 'allow', rule: { kind: 'valid-certificate' } }, ['login-next']],
    [{ action: 'bypass', rule: names() }, ['open-to-everyone']],
  ] as const)('%j', (policy, kinds) => {
    expect(expectedVerdicts(LabPolicy.parse(policy), 'Ada')).toEqual(kinds)
  })
})
