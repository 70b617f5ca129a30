import { describe, expect, it } from 'vitest'
import { issuerWords } from '../../../renderer/src/screens/authorities/issuer-words'
import { statusWords } from '../../../renderer/src/screens/certificates/status-words'
import { inDays, issuerSummary, today } from '../../support/expiring'
import { issue, waitingIdentity } from '../../support/fake-bridge/examples'

describe('a badge is orange until the last day, then red', () => {
  it.each([
    [30, '30 days left', 'orange'],
    [2, '2 days left', 'orange'],
    [1, 'Expires tomorrow', 'red'],
    [0, 'Expires today', 'red'],
  ])('%i days ahead', (days, words, color) => {
    const notAfter = inDays(days)
    const { summary } = issue(waitingIdentity('Ada'), 'expiring', 'dddddd')
    expect(statusWords({ ...summary, notAfter }, today)).toEqual({ words, color })
    expect(issuerWords(issuerSummary('Acme', { notAfter }), today)).toEqual({ words, color })
  })
})
