import { describe, expect, it } from 'vitest'
import { IdentityId } from '#shared/model/ids'
import type { Finding, VerdictKind } from '#shared/model/probe'
import { stepKind } from '../../../renderer/src/screens/connections/report/step-kind'

type Situation = Parameters<typeof stepKind>[0]
const identity = IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const reportOf = (kind: VerdictKind, tone: 'good' | 'bad', changes: Partial<Situation['report']> = {}) => ({
  verdict: { kind, tone, sentence: '', explanation: '' },
  identity,
  mode: 'direct' as const,
  ...changes,
})
const worked = reportOf('let-in', 'good')
const refused = reportOf('certificate-rejected', 'bad')
const step = (changes: Partial<Situation>) =>
  stepKind({
    report: refused,
    cause: null,
    isPractice: false,
    isInstalled: false,
    isReplacementRequested: false,
    hasAnother: false,
    mode: 'direct',
    ...changes,
  })
const cause = (code: Finding['code'], who: Finding['who'] = 'you') => ({ code, who })

describe('after a site let the certificate in', () => {
  it('is to install it, unless the browser has it', () => {
    expect(step({ report: worked })).toBe('install')
    expect(step({ report: worked, isInstalled: true })).toBe('open-site')
    expect(step({ report: { ...worked, mode: 'browser' } })).toBe('open-site')
  })

  it('is nothing for the practice site, and where no certificate was let in', () => {
    expect(step({ report: worked, isPractice: true })).toBeNull()
    expect(step({ report: reportOf('protected', 'good', { identity: null }) })).toBeNull()
    expect(step({ report: reportOf('protected', 'good') })).toBeNull()
  })
})

describe('after a refusal', () => {
  it('is what mends the cause', () => {
    expect(step({ cause: cause('certificate-expired') })).toBe('replace')
    expect(step({ cause: cause('issuer-not-accepted', 'administrator') })).toBe('replace')
    expect(step({ cause: cause('issuers-not-sent') })).toBe('add-issuers')
    expect(step({ cause: cause('expired-issuer-sent') })).toBe('renew-issuers')
    expect(step({ cause: cause('key-not-installed') })).toBe('open-certificate')
  })

  it('is to look after the request, once a replacement was requested', () => {
    const asked = { isReplacementRequested: true }
    expect(step({ cause: cause('certificate-expired'), ...asked })).toBe('open-request')
    expect(step({ cause: cause('issuers-not-sent'), ...asked })).toBe('add-issuers')
  })

  it('is another certificate where the name is what no rule matches, if there is one', () => {
    const noRule = cause('policy-does-not-match', 'administrator')
    expect(step({ cause: noRule, hasAnother: true })).toBe('try-another')
    expect(step({ cause: noRule })).toBeNull()
  })

  it('is no second try as the browser', () => {
    expect(step({ cause: cause('bot-challenge') })).toBe('switch-to-browser')
    expect(step({ cause: cause('bot-challenge'), mode: 'browser' })).toBe('test-again')
    expect(step({ cause: cause('bot-challenge', 'administrator'), mode: 'browser' })).toBeNull()
  })

  it('is another test where nothing here mends it, and nothing where somebody else has to act', () => {
    expect(step({})).toBe('test-again')
    expect(step({ cause: cause('clock-wrong') })).toBe('test-again')
    expect(step({ cause: cause('wrong-authority-or-chain') })).toBe('test-again')
    expect(step({ cause: cause('server-error', 'administrator') })).toBeNull()
    expect(step({ cause: cause('certificate-expired'), report: { ...refused, identity: null } })).toBe('test-again')
  })

  it('is left to the question whether the server is known', () => {
    const report = reportOf('server-untrusted', 'bad')
    expect(step({ cause: cause('server-certificate-private-root'), report })).toBeNull()
  })
})
