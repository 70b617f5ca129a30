import { describe, expect, it } from 'vitest'
import { caStatuses, hostStatuses, type LocalKnowledge } from '#electron/cloudflare/status'
import type { AccessAccount, HostnameSetting } from '#shared/model/access-account'
import type { AccessRule } from '#shared/model/access-rule'
import { HostStatus } from '#shared/model/access-status'
import { account, application, ca, group, groupId, md5, policy, rules } from '../../../support/access-accounts'

const now = new Date('2026-11-25T14:02:00Z')
const known: LocalKnowledge = {
  issuers: new Map([[md5('Acme Clients'), 'Acme Clients']]),
  lastTests: new Map([['admin.acme.example', { at: '2026-11-20T08:00:00.000Z', good: true, sentence: 'Let in.' }]]),
}
const host = 'admin.acme.example'
const certificate: AccessRule = { kind: 'valid-certificate' }
const holders = policy('Holders', 'non_identity', rules([certificate]))
const setting = (hostname: string): HostnameSetting => ({ hostname, forwarding: true, chinaNetwork: false })

const rowsOf = (parts: Partial<AccessAccount>) =>
  hostStatuses(account(parts), known, now).map((row) => HostStatus.parse(row))
const problemsOf = (parts: Partial<AccessAccount>) => rowsOf(parts).flatMap(({ problems }) => problems)

describe('a hostname', () => {
  it('is shown with everything that belongs to it', () => {
    const portal = application('Portal', [`${host}/portal`, host, 'other.acme.example'], [holders])
    const cas = [ca('Acme Clients', [host])]
    const [row, ...others] = rowsOf({ cas, settings: [setting(host)], applications: [portal], policies: [holders] })
    expect(row).toEqual({
      hostname: host,
      cas: [
        {
          id: 'ca-acme-clients',
          name: 'Acme Clients',
          issuer: 'Acme Clients',
          expiresOn: '2031-11-18T00:00:00.000Z',
          state: 'valid',
        },
      ],
      applications: [
        {
          id: 'app-portal',
          name: 'Portal',
          uris: [`${host}/portal`, host],
          policies: [
            {
              id: 'policy-holders',
              name: 'Holders',
              decision: 'non_identity',
              words: 'Service Auth: Any valid certificate',
            },
          ],
        },
      ],
      forwarding: true,
      lastTest: { at: '2026-11-20T08:00:00.000Z', good: true, sentence: 'Let in.' },
      problems: [],
    })
    expect(others.map(({ hostname }) => hostname)).toEqual(['other.acme.example'])
  })

  it('stands for the patterns that cover it; others have a row of their own', () => {
    const wide = application('Wide', ['*.acme.example', '*.other.example/a'], [holders])
    const saas = application('Mail', ['mail.acme.example'], [], { type: 'saas' })
    const rows = rowsOf({ cas: [ca('A', [host])], applications: [wide, saas], policies: [holders] })
    expect(rows.map(({ hostname, applications }) => [hostname, applications.length])).toEqual([
      ['*.other.example', 1],
      [host, 1],
    ])
  })

  it('shows policies in the order of evaluation, and those that could not be read', () => {
    const allow = policy('Staff', 'allow', rules([{ kind: 'everyone' }]))
    const gone = policy('Gone', 'allow', rules([]))
    const [row] = rowsOf({
      applications: [application('A', [host], [allow, holders, gone])],
      policies: [allow, holders],
    })
    expect(row?.applications[0]?.policies.map(({ name, words }) => [name, words])).toEqual([
      [null, 'could not be read'],
      ['Holders', 'Service Auth: Any valid certificate'],
      ['Staff', 'Allow: Everyone'],
    ])
  })
})

describe('what deserves a look', () => {
  const cas = [ca('A', [host])]
  const applications = [application('A', [host], [holders])]
  const policies = [holders]

  it('is nothing where all is well', () => expect(problemsOf({ cas, applications, policies })).toEqual([]))

  it.each<[string, Partial<AccessAccount>, string[]]>([
    ['a CA that has expired', { cas: [ca('A', [host], { expiresOn: '2026-11-25T14:02:00.000Z' })] }, ['ca-expired']],
    [
      'a CA that expires soon',
      { cas: [ca('A', [host], { expiresOn: '2026-12-24T00:00:00.000Z' })] },
      ['ca-expires-soon'],
    ],
    ['a CA that expires later', { cas: [ca('A', [host], { expiresOn: '2027-01-10T00:00:00.000Z' })] }, []],
    ['a CA of unknown expiry', { cas: [ca('A', [host], { expiresOn: null })] }, []],
    ['no CA', { cas: [] }, ['no-ca']],
    ['a setting without a CA', { cas: [], settings: [setting(host)] }, ['setting-without-ca', 'no-ca']],
    ['no application', { applications: [] }, ['no-application']],
    [
      'no application, but one in front of a Worker',
      { applications: [application('W', [{ kind: 'worker', type: 'worker' }], [])] },
      [],
    ],
  ])('%s', (_what, changes, problems) => {
    expect(problemsOf({ cas, applications, policies, ...changes })).toEqual(problems)
  })

  const withRules = (include: AccessRule[], groups: AccessAccount['groups'] = []) => {
    const own = policy('Own', 'allow', rules(include))
    return problemsOf({ cas, applications: [application('A', [host], [own])], policies: [own], groups })
  }

  it('no rule that asks for a certificate, in policies or groups', () => {
    const inGroup: AccessRule = { kind: 'group', group: groupId('G') }
    const everyone: AccessRule = { kind: 'everyone' }
    expect(withRules([everyone])).toEqual(['no-certificate-rule'])
    expect(withRules([inGroup], [group('G', rules([everyone]))])).toEqual(['no-certificate-rule'])
    expect(withRules([inGroup], [group('G', rules([{ kind: 'common-name', name: 'Ada' }]))])).toEqual([])
  })

  it('says nothing about rules that were not read or are not known', () => {
    const inGroup: AccessRule = { kind: 'group', group: groupId('G') }
    expect(withRules([inGroup], null)).toEqual([])
    expect(withRules([inGroup], [])).toEqual([])
    expect(withRules([{ kind: 'unknown', json: { moon_phase: {} } }])).toEqual([])
    const unread = application('A', [host], [policy('Gone', 'allow', rules([]))])
    expect(problemsOf({ cas, applications: [unread], policies: [] })).toEqual([])
  })
})

it('a CA is recognised by its fingerprint alone', () => {
  const cas = [ca('Acme Clients', []), ca('Stranger', []), ca('Unreadable', [], { fingerprint: null })]
  expect(caStatuses(account({ cas }), known, now).map(({ issuer }) => issuer)).toEqual(['Acme Clients', null, null])
})
