import { describe, expect, it } from 'vitest'
import { accessLimits } from '#shared/logic/access/limits'
import { AccessIntent } from '#shared/model/access-intent'
import { SetupDraft } from '#shared/model/setup-file'
import { protectIntent } from '../../../renderer/src/screens/access/protect/typed-protection'
import { destinationsOf, faultOfChosen } from '../../../renderer/src/screens/access/wishes/destinations'
import { domainIn, faultOfLogin, policyNameFor } from '../../../renderer/src/screens/access/wishes/new-policy'
import { whoMayIn } from '../../../renderer/src/screens/access/wishes/WhoField'
import {
  emailsIn,
  faultOfEmails,
  faultOfHostnames,
  faultOfNames,
  hostnamesIn,
  namesIn,
} from '../../../renderer/src/screens/access/wishes/wish-input'
import { draftOf, setupRules } from '../../../renderer/src/screens/settings/setup-form'

/** What a form takes, the request takes; what the request refuses, the form says beside the field. */
const id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n')
const isTaken = (intent: object) => AccessIntent.safeParse(intent).success

describe('names', () => {
  const long = 'x'.repeat(accessLimits.name)

  it.each([
    ['one', 'Ada', true],
    ['the longest', long, true],
    ['a longer one', `Ada\n${long}x`, false],
    ['as many as can be blocked', lines(100, (i) => `Ada ${i}`), true],
    ['one more', lines(101, (i) => `Ada ${i}`), false],
  ])('to block: %s', (_what, text, isFine) => {
    const names = namesIn(text)
    expect(faultOfNames(names, accessLimits.blockedNames) === null).toBe(isFine)
    expect(isTaken({ kind: 'block', names })).toBe(isFine)
  })

  it.each([
    ['as many as a policy takes', lines(500, (i) => `Ada ${i}`), true],
    ['one more', lines(501, (i) => `Ada ${i}`), false],
    ['one that is too long', `${long}x`, false],
  ])('to let in: %s', (_what, text, isFine) => {
    const names = namesIn(text)
    expect(whoMayIn({ kind: 'names', names: text }) !== null).toBe(isFine)
    const who = { kind: 'names', names }
    expect(isTaken({ kind: 'require-certificate', application: id, name: 'A', who, login: null })).toBe(isFine)
  })
})

describe('hostnames', () => {
  it.each([
    ['as many as a CA takes', lines(1000, (i) => `h${i}.example.com`), true],
    ['one more', lines(1001, (i) => `h${i}.example.com`), false],
    ['a wildcard', '*.example.com', false],
  ])('%s', (_what, text, isFine) => {
    const add = hostnamesIn(text)
    expect(faultOfHostnames(add) === null).toBe(isFine)
    expect(isTaken({ kind: 'set-hostnames', ca: id, add, remove: [] })).toBe(isFine)
  })
})

describe('destinations', () => {
  const hex = (index: number) => index.toString(16).padStart(32, '0')
  const ids = (count: number) => Array.from({ length: count }, (_, index) => hex(index))
  const mails = (count: number) => lines(count, (i) => `pki${i}@example.com`)

  it.each([
    ['as many of each as there can be', mails(50), 50, true],
    ['one address more', mails(51), 0, false],
    ['one webhook more', '', 51, false],
    ['an address that is too long', `${'x'.repeat(250)}@example.com`, 0, false],
    ['none', '', 0, false],
  ])('%s', (_what, text, webhooks, isFine) => {
    const destinations = { emails: emailsIn(text), webhooks: ids(webhooks), pagerduty: [] }
    expect(destinationsOf({ emails: text, webhooks: ids(webhooks), pagerduty: [] }) !== null).toBe(isFine)
    expect(isTaken({ kind: 'add-alert', name: 'A', destinations })).toBe(isFine)
  })

  it('say which of the fields is wrong', () => {
    expect(faultOfEmails(emailsIn(mails(51)))).toBe('At most 50 addresses at once; these are 51.')
    expect(faultOfEmails([`${'x'.repeat(250)}@example.com`])).toMatch(/at most 254 characters; “x{20}…” is longer/u)
    expect(faultOfEmails(['pki@'])).toBe('“pki@” is not an e-mail address.')
    expect(faultOfChosen(ids(51))).toBe('At most 50 destinations at once; these are 51.')
  })
})

describe('a policy', () => {
  it('has a suggested name that Access takes', () => {
    expect(policyNameFor('Wiki')).toBe('Wiki by certificate')
    const name = policyNameFor('x'.repeat(350))
    const who = { kind: 'any-certificate' }
    expect(isTaken({ kind: 'require-certificate', application: id, name, who, login: null })).toBe(true)
  })

  it.each([
    ['', 'Ada\nBob', true],
    ['@Example.com', 'Ada', true],
    ['example.com', 'Ada\nBob', false],
    ['Example Ltd', 'Ada', false],
    [`${'x'.repeat(254)}`, 'Ada', false],
  ])('with a login at “%s” for %s says what is wrong', (login, typed, isFine) => {
    const who = { kind: 'names', names: typed } as const
    expect(faultOfLogin(login, who) === null).toBe(isFine)
    const wish = { who: whoMayIn(who), login: domainIn(login) }
    expect(isTaken({ kind: 'require-certificate', application: id, name: 'A', ...wish })).toBe(isFine)
  })
})

describe('a site to protect', () => {
  const typed = (address: string) => ({
    address,
    name: '',
    ca: { chosen: `uploaded ${id}`, file: null, name: '' },
    who: { kind: 'any-certificate', names: '' } as const,
  })

  it('has a path that the request takes', () => {
    const intent = protectIntent(typed(`wiki.example.com/${'x'.repeat(999)}`))
    expect(intent !== null && isTaken(intent)).toBe(true)
    expect(protectIntent(typed(`wiki.example.com/${'x'.repeat(1000)}`))).toBeNull()
  })
})

describe('a set-up file', () => {
  const form = (sites: string) =>
    ({ from: 'IT', sites, commonName: '', keyType: 'rsa-2048', contact: '', issuers: '' }) as const

  it('names no site whose address it cannot hold', () => {
    const start = 'https://wiki.example.com/'
    expect(setupRules.sites(`${start}${'x'.repeat(500 - start.length)}`)).toBeNull()
    expect(setupRules.sites(`${start}${'x'.repeat(501 - start.length)}`)).toMatch(/at most 500 characters/u)
    expect(SetupDraft.safeParse(draftOf(form('wiki.example.com'))).success).toBe(true)
  })
})
