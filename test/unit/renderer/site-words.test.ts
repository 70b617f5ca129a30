import { describe, expect, it } from 'vitest'
import { Sha256 } from '#shared/model/ids'
import type { FitCheck, SiteCandidate } from '#shared/model/site-check'
import {
  issuerNote,
  nameAmong,
  othersWords,
  placeWords,
  sortCandidates,
} from '../../../renderer/src/screens/site-check/site-words'

const check = (outcome: FitCheck['outcome']): FitCheck => ({ code: 'issuer', outcome, words: '' })
const candidate = (changes: Partial<SiteCandidate> = {}): SiteCandidate => ({
  sha256: Sha256.parse('a'.repeat(64)),
  identity: null,
  name: 'Mira Falk',
  issuers: ['CN=Acme G2', 'CN=Acme Root'],
  notAfter: '2027-03-14T00:00:00.000Z',
  checks: [check('pass')],
  testable: 'browser',
  places: [{ name: 'the Windows certificate store', readBy: ['Google Chrome', 'Microsoft Edge', 'Latchkey'] }],
  ...changes,
})

describe('what is said of an issuer that a site names', () => {
  it('is that it issued the certificate only where it did so itself', () => {
    expect(issuerNote('CN=Acme G2', [candidate()])).toEqual({ words: 'Issued “Mira Falk”', fits: true })
    expect(issuerNote('CN=Acme Root', [candidate()]).words).toBe('In the chain of “Mira Falk”')
    expect(issuerNote('CN=Other', [candidate()])).toEqual({ words: 'You have none from this issuer', fits: false })
  })

  it('is not that it fits where something speaks against the certificate', () => {
    const expired = candidate({ checks: [check('pass'), check('fail')] })
    expect(issuerNote('CN=Acme G2', [expired])).toEqual({ words: '“Mira Falk” does not fit', fits: false })
  })

  it('tells two of one Common Name apart', () => {
    const issuers = ['CN=Acme, O=One', 'CN=Acme, O=Two', 'CN=Other, O=One']
    expect(issuers.map((issuer) => nameAmong(issuers, issuer))).toEqual(['CN=Acme, O=One', 'CN=Acme, O=Two', 'Other'])
  })
})

describe('the certificates', () => {
  it('are offered as fitting only where the site names issuers', () => {
    const [fits, unknown, unfit] = (['pass', 'unknown', 'fail'] as const).map((outcome) =>
      candidate({ checks: [check(outcome)] }),
    )
    const certificates = [fits, unknown, unfit].flatMap((one) => one ?? [])
    expect(sortCandidates({ need: 'have', certificates }).offered).toEqual([fits])
    expect(sortCandidates({ need: 'unnamed', certificates }).offered).toEqual([unknown])
    expect(sortCandidates({ need: 'need', certificates }).offered).toEqual([])
    expect(sortCandidates({ need: 'other', certificates }).offered).toEqual([])
  })

  it('name who sees them and where the key is', () => {
    expect(placeWords(candidate())).toBe(
      'In the Windows certificate store. Google Chrome and Microsoft Edge see it. The key stays there.',
    )
    expect(placeWords(candidate({ testable: 'direct', places: [] }))).toBe('Latchkey keeps its key.')
    expect(
      placeWords(candidate({ testable: null, places: [{ name: 'Firefox (default)', readBy: ['Firefox'] }] })),
    ).toBe('In Firefox (default). Firefox sees it. The key stays there.')
  })

  it('that do not fit are counted', () => {
    expect(othersWords(2, 1)).toBe('2 other certificates on this computer do not fit')
    expect(othersWords(1, 0)).toBe('1 certificate on this computer does not fit')
  })
})
