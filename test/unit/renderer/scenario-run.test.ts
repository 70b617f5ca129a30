import { expect, it } from 'vitest'
import type { ProbeReport } from '#shared/model/probe'
import { lastScenarioRun, testScenario } from '../../../renderer/src/screens/practice/scenario-run'
import { hostRow, reportRow } from '../../support/rows'

const report = (): ProbeReport => reportRow(hostRow('practice.latchkey.localhost'))

it('keeps what a test found, and of what', async () => {
  const found = report()
  await testScenario('token-expired', async () => found)
  expect(lastScenarioRun()).toEqual({ scenario: 'token-expired', isRunning: false, report: found, error: null })
})

it('keeps what kept a test from running', async () => {
  const error = new Error('no site')
  await testScenario('too-slow', () => Promise.reject(error))
  expect(lastScenarioRun()).toEqual({ scenario: 'too-slow', isRunning: false, report: null, error })
})

it('lets the later of two tests count', async () => {
  let finish: (made: ProbeReport) => void = () => undefined
  const slow = testScenario('too-slow', () => new Promise((resolve) => (finish = resolve)))
  const second = report()
  await testScenario('not-found', async () => second)
  finish(report())
  await slow
  expect(lastScenarioRun()).toMatchObject({ scenario: 'not-found', report: second })
})

it('is over where a step before it came to nothing', async () => {
  await testScenario('not-found', async () => null)
  expect(lastScenarioRun()).toEqual({ scenario: 'not-found', isRunning: false, report: null, error: null })
})
