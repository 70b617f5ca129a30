import { describe, expect, it } from 'vitest'
import { findExpiring } from '#shared/logic/expiring/find'
import { newWarnings } from '#shared/logic/expiring/new-warnings'
import { notificationsFor } from '#shared/logic/expiring/notification'
import { oneTitle } from '#shared/logic/expiring/words'
import type { AccessCa } from '#shared/model/access-account'
import { account, ca } from '../../../../support/access-accounts'
import { inDays, today } from '../../../../support/expiring'

const find = (cas: AccessCa[]) =>
  findExpiring({ certificates: [], stored: [], issuers: [], hosts: [], accounts: [account({ cas })] }, today)

const soon = { expiresOn: inDays(12) }

describe('a CA in Access', () => {
  it('is due as everything else, with its hostnames and the time of the reading', () => {
    const [found, ...others] = find([
      ca('Clients', ['a.acme.example', 'b.acme.example'], soon),
      ca('Later', ['c.acme.example'], { expiresOn: inDays(31) }),
      ca('Unknown', ['d.acme.example'], { expiresOn: null }),
    ])
    expect(found).toMatchObject({
      kind: 'uploaded-ca',
      account: 'Acme',
      hostnames: ['a.acme.example', 'b.acme.example'],
      readAt: account().readAt,
    })
    expect(others).toEqual([])
    if (found === undefined) throw new Error('It is due.')
    expect(oneTitle(found, today)).toBe('The CA “Clients” in Access expires in 12 days')
    const [notification] = notificationsFor(newWarnings([found], [], today), today)
    expect(notification).toMatchObject({
      title: 'The CA “Clients” in Access expires in 12 days',
      text: 'Access then refuses its certificates on 2 hostnames, as read on 25 November.',
    })
    const [ended] = find([ca('Clients', ['a.acme.example'], { expiresOn: inDays(-1) })])
    if (ended === undefined) throw new Error('It has ended.')
    expect(notificationsFor([{ about: ended, stage: -1 }], today)[0]?.text).toContain('Access refuses its certificates')
  })

  it('is not due where nothing uses it, or another one outlives it on every hostname', () => {
    const [old, next] = [ca('Old', ['a.acme.example', 'b.acme.example'], soon), { expiresOn: inDays(900) }]
    expect(find([ca('Unused', [], soon)])).toEqual([])
    expect(find([old, ca('New', ['a.acme.example', 'b.acme.example'], next)])).toEqual([])
    expect(find([old, ca('New', ['a.acme.example'], next)]).map(({ name }) => name)).toEqual(['Old'])
    expect(find([old, ca('New', old.hostnames, soon)]).map(({ name }) => name)).toEqual(['New', 'Old'])
  })
})
