import { expect, it } from 'vitest'
import { statusWords } from '../../../renderer/src/screens/certificates/status-words'
import { today } from '../../support/expiring'
import { issue, waitingIdentity } from '../../support/fake-bridge/examples'

/** Where a certificate was tried at several sites, one of them says nothing of the others. */
it.each([
  ['working', { works: 1, total: 1 }, 'Working', 'teal'],
  ['working', { works: 3, total: 4 }, 'Works on 3 of 4 sites', 'teal'],
  ['working', { works: 4, total: 4 }, 'Works on 4 of 4 sites', 'teal'],
  ['refused', { works: 0, total: 1 }, 'Not let in', 'red'],
  ['refused', { works: 0, total: 2 }, 'Works on 0 of 2 sites', 'red'],
] as const)('a certificate that is %s on %o is called “%s”', (status, sites, words, color) => {
  const { summary } = issue(waitingIdentity('Ada'), status, 'dddddd')
  expect(statusWords({ ...summary, sites }, today)).toEqual({ words, color })
})
