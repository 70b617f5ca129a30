import { describe, expect, it } from 'vitest'
import type { IdentityDetail } from '#shared/model/identity'
import { HostId } from '#shared/model/ids'
import type { RenewalSite } from '#shared/model/renewal'
import { nextAction } from '../../../renderer/src/screens/certificates/next-action'
import { inDays, inStoreOf, installOf, issue, renewing, waitingIdentity } from '../../support/fake-bridge/examples'

const installed = (detail: IdentityDetail, changes = {}) => ({ ...detail, installs: [installOf(detail, changes)] })
const summary = (detail: IdentityDetail, changes: Partial<IdentityDetail['summary']>) => ({
  ...detail,
  summary: { ...detail.summary, ...changes },
})
const next = (detail: IdentityDetail) => nextAction(detail, new Date())
const aWeek = (detail: IdentityDetail) => summary(detail, { notBefore: inDays(-1) })
const waiting = waitingIdentity('Ada')
const issued = issue(waitingIdentity('Ada'), 'issued', 'dddnll')

describe('the one thing to do next', () => {
  it.each([
    ['send the request', waiting, 'send-request'],
    ['ask again where the key is gone', summary(waiting, { keyInVault: false }), 'ask-again'],
    ['wait for the first day', issue(waiting, 'not-yet-valid', 'dddnll'), 'wait'],
    ['install what was issued', issued, 'install'],
    ['ask for another where it may not sign in', issue(waiting, 'no-client-use', 'dddnll'), 'ask-for-other-use'],
    ['ask again where it cannot be installed without its key', summary(issued, { keyInVault: false }), 'ask-again'],
    ['trust what is installed', installed(issue(waiting, 'installed', 'ddddnl')), 'trust'],
    ['test what is trusted', installed(issue(waiting, 'installed', 'dddddn')), 'test'],
    ['test what needs no trust', installed(issue(waiting, 'installed', 'ddddwn')), 'test'],
    ['look at a test that failed', installed(issue(waiting, 'refused', 'dddddf')), 'look-at-test'],
    ['nothing, once it works', installed(issue(waiting, 'working', 'dddddd')), 'nothing'],
    ['renew in good time', installed(issue(waiting, 'expiring', 'dddddd', 12)), 'renew-soon'],
    ['renew before anything else', issue(waiting, 'expiring', 'dddnll', 12), 'renew-soon'],
    ['renew before it looks at a test that failed', installed(issue(waiting, 'expiring', 'dddddf', 12)), 'renew-soon'],
    ['install what was made for a few days', aWeek(issue(waiting, 'expiring', 'dddnll', 6)), 'install'],
    ['renew what has expired, wherever it is installed', installed(issue(waiting, 'expired', 'dddddd', -2)), 'renew'],
  ] as const)('is to %s', (_, detail, action) => expect(next(detail)).toBe(action))

  it('installs again where only the record of an install is left, or an earlier certificate', () => {
    const earlier = 'a'.repeat(64)
    const gone = { present: false, keyPresent: false, chainPresent: false }
    expect(next(installed(issue(waiting, 'issued', 'dddddd'), gone))).toBe('install')
    expect(
      next(installed(issued, { sha256: earlier, certificates: [inStoreOf(issued.summary, { sha256: earlier })] })),
    ).toBe('install')
  })

  describe('in a renewal', () => {
    const soon = issue(waiting, 'expiring', 'dddddd', 12)
    const site = (worksWithNew: boolean | null) => ({
      host: HostId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a12'),
      address: 'https://a.example/',
      worksWithOld: true,
      worksWithNew,
    })
    const progress = (detail: IdentityDetail, sites: RenewalSite[]) => ({ ...detail, renewal: { places: [], sites } })

    it('is to wait for the replacement, however soon the old one ends', () => {
      const [old, request] = renewing(soon, waitingIdentity('Ada'))
      expect(next(old)).toBe('await-replacement')
      expect(next(summary(old, { status: 'expired' }))).toBe('await-replacement')
      expect(next(request)).toBe('send-request')
    })

    it('is to send the request on the page of the old one, where the key stays', () => {
      const [old] = renewing(soon, waitingIdentity('Ada'))
      const { id, replacement } = old.summary
      if (replacement === null) throw new Error('nothing was requested')
      expect(next(summary(old, { replacement: { ...replacement, identity: id } }))).toBe('send-request')
    })

    it('is to go to the new one, once it has come', () => {
      const [old] = renewing(soon, issued)
      expect(old.summary.status).toBe('replaced')
      expect(next(old)).toBe('follow-replacement')
    })

    it('is to finish it, until there is nothing to go by', () => {
      const [, made] = renewing(soon, issued)
      expect(next(progress(made, [site(null)]))).toBe('finish-renewal')
      expect(next(progress(made, [site(false)]))).toBe('finish-renewal')
      expect(next(progress(made, [site(true)]))).toBe('finish-renewal')
      expect(next(progress(made, []))).toBe('install')
    })
  })

  it('never asks for trust in a practice certificate', () => {
    const practice = issue(waiting, 'installed', 'ddddnn', 30, true)
    expect(next(installed(practice))).toBe('test')
  })
})
