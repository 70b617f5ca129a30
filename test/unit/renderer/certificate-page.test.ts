import { describe, expect, it } from 'vitest'
import { expirySentence } from '#shared/logic/expiry'
import { issuerBadge } from '../../../renderer/src/screens/certificates/issuer-badge'
import { journeySteps } from '../../../renderer/src/screens/certificates/journey-steps'
import { certificate, installOf, issue, waitingIdentity } from '../../support/fake-bridge/examples'

const issued = issue(waitingIdentity('Ada'), 'installed', 'ddddnl')
const withTrust = (state: 'trusted' | 'not-needed' | 'withheld' | 'not-set') => ({
  ...issued,
  installs: [installOf(issued, { trust: { state, reason: null } })],
})
const labels = (...input: Parameters<typeof journeySteps>) => journeySteps(...input).map(({ label }) => label)
const withoutTrust = ['Key', 'Request', 'Issued', 'Installed', 'Tested']

describe('the steps of a certificate', () => {
  it('leave trust out where nothing has to be trusted', () => {
    expect(labels(withTrust('not-needed'), 'linux')).toEqual(withoutTrust)
    expect(labels({ ...issued, installs: [] }, 'linux')).toEqual(withoutTrust)
    expect(labels(withTrust('not-needed'), 'win32')).toEqual(withoutTrust)
  })

  it.each(['trusted', 'withheld', 'not-set'] as const)('name trust where it is %s', (state) => {
    expect(labels(withTrust(state), 'linux')).toContain('Trusted')
  })

  it('name trust before the install where the system asks for it', () => {
    expect(labels({ ...issued, installs: [] }, 'darwin')).toContain('Trusted')
    expect(labels({ ...issued, installs: [] }, 'win32')).toContain('Trusted')
  })
})

describe('what is said of the issuer in a store', () => {
  const known = { summary: issued.summary, chain: [certificate('Acme Client CA')] }
  it('is that it is missing only where it is known that there is one', () => {
    expect(issuerBadge({ chainPresent: false }, known)?.words).toBe('Issuer is missing')
    expect(issuerBadge({ chainPresent: false }, { ...known, chain: [] })).toBeNull()
    expect(issuerBadge({ chainPresent: true }, { ...known, chain: [] })?.words).toBe('Issuers present')
  })
})

describe('the first day of a certificate', () => {
  const now = new Date('2027-03-10T10:00:00Z')
  const from = (seconds: number) =>
    expirySentence(new Date(now.getTime() + seconds * 1000).toISOString(), '2028-03-10T10:00:00Z', now)
  it('has come for one that was issued after the window last looked at the clock', () => {
    expect(from(-1)).toContain('Valid until')
    expect(from(30)).toContain('Valid until')
    expect(from(3600)).toContain('Not valid before')
  })
})
