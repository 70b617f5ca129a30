import { describe, expect, it } from 'vitest'
import { expirySentence } from '#shared/logic/expiry'
import type { IdentityDetail } from '#shared/model/identity'
import { issuerBadge } from '../../../renderer/src/screens/certificates/issuer-badge'
import { journeySteps } from '../../../renderer/src/screens/certificates/journey-steps'
import { certificate, installOf, issue, renewing, waitingIdentity } from '../../support/fake-bridge/examples'

const issued = issue(waitingIdentity('Ada'), 'installed', 'ddddnl')
const withTrust = (state: 'trusted' | 'not-needed' | 'withheld' | 'not-set') => ({
  ...issued,
  installs: [installOf(issued, { trust: { state, reason: null } })],
})
const steps = (detail: IdentityDetail, platform: 'linux' | 'darwin' | 'win32' = 'linux') =>
  journeySteps(detail, platform, new Date())
const labels = (...input: Parameters<typeof steps>) => steps(...input).map(({ label }) => label)
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

describe('the step that comes next', () => {
  const waiting = waitingIdentity('Ada')
  const ready = issue(waiting, 'issued', 'dddnll')
  const installed = (detail: IdentityDetail) => ({ ...detail, installs: [installOf(detail)] })
  const summary = (detail: IdentityDetail, changes: Partial<IdentityDetail['summary']>) => ({
    ...detail,
    summary: { ...detail.summary, ...changes },
  })
  const [old] = renewing(issue(waiting, 'expiring', 'dddddd', 12), waitingIdentity('Ada'))
  const next = (detail: IdentityDetail) =>
    steps(detail)
      .filter(({ state }) => state === 'next')
      .map(({ label }) => label)

  it.each([
    ['a certificate that was never installed and has expired', issue(waiting, 'expired', 'dddnlf', -2), 'Renewed'],
    ['one that worked and has expired', installed(issue(waiting, 'expired', 'dddddd', -2)), 'Renewed'],
    ['one that expires soon', issue(waiting, 'expiring', 'dddnll', 12), 'Renewed'],
    ['one whose replacement is requested', old, 'Renewed'],
    ['one that is not for signing in', issue(waiting, 'no-client-use', 'dddnll'), 'New request'],
    ['one whose key is gone', summary(ready, { keyInVault: false }), 'New request'],
    ['a request whose key is gone', summary(waiting, { keyInVault: false }), 'New request'],
    ['a request', waiting, 'Issued'],
    ['a new certificate', ready, 'Installed'],
    [
      'an installed practice certificate',
      summary(installed(issue(waiting, 'installed', 'ddddnl')), { practice: true }),
      'Tested',
    ],
  ])('is the one that the card below asks for: %s', (_what, detail, label) => {
    expect(next(detail)).toEqual([label])
    const states = steps(detail).map(({ state }) => state)
    if (label === 'Renewed' || label === 'New request')
      expect(states.slice(0, -1).every((is) => is === 'done')).toBe(true)
  })

  it('is none where everything is done, and none that failed long ago', () => {
    expect(next(installed(issue(waiting, 'working', 'dddddd')))).toEqual([])
    expect(steps(issue(waiting, 'expired', 'dddnlf', -2)).map(({ label }) => label)).toEqual([
      'Key',
      'Request',
      'Issued',
      'Renewed',
    ])
  })

  it('is one of six at most, which fit beside each other in a window of 900 pixels', () => {
    const trusted = { ...installed(issue(waiting, 'expiring', 'dddddd', 12)) }
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      for (const detail of [trusted, old, issue(waiting, 'expired', 'dddddd', -2), waiting, ready])
        expect(steps(detail, platform).length).toBeLessThanOrEqual(6)
    expect(labels(trusted)).toEqual(['Key', 'Request', 'Issued', 'Installed', 'Tested', 'Renewed'])
  })

  it('counts no key that is gone', () => {
    expect(labels(summary(ready, { keyInVault: false }))).toEqual(['Request', 'Issued', 'New request'])
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
