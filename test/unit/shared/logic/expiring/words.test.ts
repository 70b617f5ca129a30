import { describe, expect, it } from 'vitest'
import { findExpiring } from '#shared/logic/expiring/find'
import { placesOf } from '#shared/logic/expiring/groups'
import { expiringColor, expiringLine } from '#shared/logic/expiring/line'
import { notificationsFor } from '#shared/logic/expiring/notification'
import type { Expiring, SitesUsed } from '#shared/model/expiring'
import { IdentityId } from '#shared/model/ids'
import { datedCertificate, inDays, issuerSummary, today } from '../../../../support/expiring'

const threeSites: SitesUsed = { count: 3, example: 'admin.acme.example', gated: 3 }
const noSites: SitesUsed = { count: 0, example: null, gated: 0 }

function mira(days: number, changes: { name?: string; sites?: SitesUsed; time?: string } = {}): Expiring {
  const { name = 'Mira Falk (admin)', sites = threeSites, time = '16:30' } = changes
  const identity = IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
  return { kind: 'certificate', identity, key: name, name, begins: inDays(-300), ends: inDays(days, time), sites }
}
const list = (days: number, name = 'Acme Client CA G2'): Expiring => {
  const issuer = issuerSummary(name)
  return { kind: 'crl', issuer: issuer.id, key: name, name, begins: inDays(-23), ends: inDays(days) }
}
const issuerOf = (days: number, name = 'Acme Client CA 2023'): Expiring => {
  const { id: issuer, sha256: key } = issuerSummary(name)
  return { kind: 'intermediate', issuer, key, name, begins: inDays(-1000), ends: inDays(days) }
}
const notified = (...about: Expiring[]) =>
  notificationsFor(
    about.map((one) => ({ about: one, stage: 30 as const })),
    today,
  )

describe('a notification', () => {
  it.each([
    [30, '“Mira Falk (admin)” expires in 30 days', 'Renew it now, so that nothing stops working.'],
    [14, '“Mira Falk (admin)” expires in 14 days', 'It is used on 3 sites, such as admin.acme.example.'],
    [7, '“Mira Falk (admin)” expires in 7 days', 'It is used on 3 sites, such as admin.acme.example.'],
    [1, '“Mira Falk (admin)” expires tomorrow', 'After that, 3 sites refuse you.'],
    [0, '“Mira Falk (admin)” expires today at 16:30', 'After that, 3 sites refuse you.'],
    [-2, '“Mira Falk (admin)” expired on 23 November', 'Renew it to be let in again.'],
  ])('%i days ahead', (days, title, text) => {
    expect(notified(mira(days))).toMatchObject([{ title, text, action: 'Renew' }])
  })

  it.each([
    [14, noSites, 'Renew it now, so that nothing stops working.'],
    [14, { count: 1, example: 'admin.acme.example', gated: 0 }, 'It is used on admin.acme.example.'],
    [1, { count: 3, example: 'admin.acme.example', gated: 1 }, 'After that, 1 site refuses you.'],
    [1, { count: 3, example: 'admin.acme.example', gated: 0 }, 'It is used on 3 sites, such as admin.acme.example.'],
    [0, noSites, 'Renew it now, so that nothing stops working.'],
  ])('%i days ahead says no more of sites than was seen', (days, sites, text) => {
    expect(notified(mira(days, { sites }))).toMatchObject([{ text }])
  })

  it('is one for several certificates, and opens the first', () => {
    const [first, second, third] = [mira(12), mira(13, { name: 'build-agent-02' }), mira(14, { name: 'MFALK-WS14' })]
    expect(notified(first, second, third)).toEqual([
      {
        title: '3 certificates expire in the next 14 days',
        text: 'The first is “Mira Falk (admin)”, on 7 December.',
        action: 'Show',
        opens: first,
        warnings: [first, second, third].map((about) => ({ about, stage: 30 })),
      },
    ])
  })

  it('keeps a name that is written from right to left apart from the digits beside it', () => {
    const isolated = '\u2068מירה 12\u2069'
    expect(notified(mira(7, { name: 'מירה 12' }))).toMatchObject([{ title: `“${isolated}” expires in 7 days` }])
    expect(notified({ ...list(7), name: 'מירה 12' })).toMatchObject([
      { text: `${isolated}’s list is valid until 2 December.` },
    ])
  })

  it('is one for certificates, one for issuers and one for lists', () => {
    expect(notified(list(7), mira(12), issuerOf(20), mira(14)).map(({ title }) => title)).toEqual([
      '2 certificates expire in the next 14 days',
      '“Acme Client CA 2023” expires in 20 days',
      'Publish a new revocation list',
    ])
  })

  it.each([
    [[list(7)], 'Publish a new revocation list', 'Acme Client CA G2’s list is valid until 2 December.', 'Open issuer'],
    [
      [list(-2)],
      'Publish a new revocation list',
      'Acme Client CA G2’s list was valid until 23 November.',
      'Open issuer',
    ],
    [
      [list(0)],
      'Publish a new revocation list',
      'Acme Client CA G2’s list is valid until today at 16:30.',
      'Open issuer',
    ],
    [
      [list(7), list(8, 'Other CA')],
      'Publish 2 new revocation lists',
      'The first is that of Acme Client CA G2, which is valid until 2 December.',
      'Show',
    ],
    [
      [issuerOf(1)],
      '“Acme Client CA 2023” expires tomorrow',
      'The certificates that it has signed stop working then.',
      'Open issuer',
    ],
    [
      [issuerOf(-1)],
      '“Acme Client CA 2023” expired on 24 November',
      'The certificates that it has signed are no longer accepted.',
      'Open issuer',
    ],
  ])('for the administrator %#', (about, title, text, action) => {
    expect(notified(...about)).toMatchObject([{ title, text, action }])
  })

  it('shows names from certificates harmlessly and not at full length', () => {
    const [{ title = '' } = {}] = notified(mira(12, { name: `\u202eadmin\u0007${'x'.repeat(300)}` }))
    expect(title).not.toMatch(/[\u202e\u0007]/u)
    expect(title.length).toBeLessThan(110)
    expect(title).toContain('…” expires in 12 days')
  })

  it('holds names and sites alone, never what a record holds besides', () => {
    const certificate = datedCertificate('Mira', { ends: inDays(7), issuer: 'CN=Secret Project' })
    const due = findExpiring({ certificates: [certificate], stored: [], issuers: [], hosts: [], accounts: [] }, today)
    const [{ title, text, action } = { title: '', text: '', action: '' }] = notified(...due)
    const words = `${title} ${text} ${action}`
    for (const secret of [certificate.identity, certificate.sha256, 'Secret Project'])
      expect(words).not.toContain(secret)
  })
})

describe('the line at the top of a screen', () => {
  const lineOf = (place: 'certificates' | 'issuers', ...about: Expiring[]) => {
    const group = placesOf(about, today)[place]
    return group === null ? null : [expiringLine(group, place, today), expiringColor(group, today)]
  }

  it.each<[string, Expiring[], string, string]>([
    ['one', [mira(12)], '“Mira Falk (admin)” expires in 12 days', 'orange'],
    ['three', [mira(12), mira(13), mira(14)], '3 expire within 14 days', 'orange'],
    ['the last day but one', [mira(2), mira(30)], '2 expire within 30 days', 'orange'],
    ['the last day', [mira(1), mira(30)], '2 expire within 30 days', 'red'],
    ['today', [mira(0), mira(0)], '2 expire today', 'red'],
    ['tomorrow', [mira(0), mira(1)], '2 expire by tomorrow', 'red'],
    ['one that has ended', [mira(-3)], '“Mira Falk (admin)” expired on 22 November', 'red'],
    ['some that have ended', [mira(-3), mira(5)], '2 expired or expire within 7 days', 'red'],
    ['all that have ended', [mira(-3), mira(-1)], '2 have expired', 'red'],
  ])('%s', (_, about, words, color) => {
    expect(lineOf('certificates', ...about)).toEqual([words, color])
    expect(lineOf('issuers', ...about)).toBeNull()
  })

  it('speaks of issuers and lists on their screen', () => {
    expect(lineOf('issuers', list(7))).toEqual([
      'Acme Client CA G2’s revocation list is valid until 2 December',
      'orange',
    ])
    expect(lineOf('issuers', list(7), issuerOf(20))?.[0]).toBe(
      '2 issuers or revocation lists expire in the next 30 days',
    )
    expect(lineOf('certificates', list(7))).toBeNull()
  })
})

it('counts each place, and their total', () => {
  const places = placesOf([mira(3), list(7), mira(12)], today)
  expect([places.certificates?.count, places.issuers?.count]).toEqual([2, 1])
  expect(placesOf([], today)).toEqual({ certificates: null, issuers: null })
})
