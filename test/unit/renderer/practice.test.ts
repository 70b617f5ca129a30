import { afterEach, describe, expect, it } from 'vitest'
import { LabPolicy } from '#shared/model/lab'
import { currentRun, isReady, nextStep, run, startOver } from '../../../renderer/src/screens/practice/practice-run'
import { dependentsOf, steps } from '../../../renderer/src/screens/practice/practice-steps'
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
