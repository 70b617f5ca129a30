import { expect, it } from 'vitest'
import { statusWords } from '../../../renderer/src/screens/certificates/status-words'
import { today } from '../../support/expiring'
import { issue, waitingIdentity } from '../../support/fake-bridge/examples'

it.each([
  ['working', 6, 7, 'Works on 6 of 7 sites', 'teal'],
  ['working', 1, 1, 'Working', 'teal'],
  ['refused', 0, 7, 'Works on 0 of 7 sites', 'red'],
  ['refused', 0, 1, 'Not let in', 'red'],
] as const)('%s on %i of %i sites is “%s”', (status, works, total, words, color) => {
  const { summary } = issue(waitingIdentity('Ada'), status, 'dddddd')
  expect(statusWords({ ...summary, sites: { works, total } }, today)).toEqual({ words, color })
})
