import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createAlerts } from '#electron/services/alerts'
import { type CalendarItem, calendarFile } from '#electron/services/calendar'
import { AuthorityId, IdentityId } from '#shared/model/ids'
import { issuerSummary } from '../../../support/expiring'
import { temporaryFolder } from '../../../support/home'
import { certificateRow, identityRow } from '../../../support/rows'

const mira: CalendarItem = {
  kind: 'certificate',
  key: 'ab'.repeat(32),
  name: 'Mira Falk (admin)',
  ends: '2026-12-07T15:30:00.000Z',
}

/** What another program reads: Mozilla's parser. */
function eventsIn(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toJSDate().toISOString(),
      transparency: component.getFirstPropertyValue('transp'),
      alarms: component
        .getAllSubcomponents('valarm')
        .map((alarm) => [alarm.getFirstPropertyValue('action'), String(alarm.getFirstPropertyValue('trigger'))]),
    }
  })
}

describe('a calendar file', () => {
  it('has an event at the very moment of the end, with reminders, that takes no time', async () => {
    expect(eventsIn(await calendarFile([mira]))).toEqual([
      {
        uid: `${mira.key}@latchkey.app`,
        summary: '“Mira Falk (admin)” expires',
        start: mira.ends,
        transparency: 'TRANSPARENT',
        alarms: [
          ['DISPLAY', '-P30D'],
          ['DISPLAY', '-P14D'],
          ['DISPLAY', '-P7D'],
          ['DISPLAY', '-P1D'],
        ],
      },
    ])
  })

  it('has one event for each thing, and the same UID for the same thing', async () => {
    const list: CalendarItem = {
      kind: 'crl',
      key: 'crl 7 2026',
      name: 'Acme Client CA',
      ends: '2026-12-02T09:00:00.000Z',
    }
    const [first, second] = eventsIn(await calendarFile([mira, list]))
    expect([first?.uid, second?.summary]).toEqual([
      `${mira.key}@latchkey.app`,
      'The revocation list of Acme Client CA expires',
    ])
    expect(eventsIn(await calendarFile([mira]))[0]?.uid).toBe(first?.uid)
  })

  it.each([
    'Ada; Lovelace, \\n "x": y',
    'Ada\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted',
    '名前'.repeat(60),
    'x'.repeat(400),
    '🗝️'.repeat(50),
  ])('holds the name %# as text, whatever is in it', async (name) => {
    const file = await calendarFile([{ ...mira, name }])
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
    const events = eventsIn(file)
    expect(events).toHaveLength(1)
    expect(events[0]?.summary).toMatch(/^“.+” expires$/u)
    expect(events[0]?.summary).not.toMatch(/[\r\n]/u)
  })
})

describe('of one thing', () => {
  const open = (issuers = [issuerSummary('Acme Root', { isRoot: true })]) => {
    const database = openLocalDatabase(temporaryFolder())
    const stored = { recent: async () => ({ certificates: [], unreadStores: [] }) }
    const alerts = createAlerts({ database, issuers: async () => issuers, stored, clock: { now: () => new Date() } })
    return { database, alerts, issuers }
  }

  it('is written for a certificate or an issuer, however far away its end is', async () => {
    const { database, alerts, issuers } = open()
    const row = identityRow('Ada')
    await database.identities.insert(row)
    await database.identities.setCertificate(row.id, certificateRow('Ada'), [], false, new Date().toISOString())
    const certificate = await alerts.calendar({ identity: row.id })
    expect(certificate.name).toBe('Ada')
    expect(eventsIn(certificate.file)).toMatchObject([
      { summary: '“Ada” expires', start: certificateRow('Ada').notAfter },
    ])
    const [root] = issuers
    const issuer = await alerts.calendar({ issuer: root?.id ?? unknown.issuer })
    expect(eventsIn(issuer.file)).toMatchObject([{ summary: '“Acme Root” expires', start: root?.notAfter }])
  })

  const id = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
  const unknown = { identity: IdentityId.parse(id), issuer: AuthorityId.parse(id) }

  it('is refused for what is not there or has no certificate yet', async () => {
    const { database, alerts } = open()
    const waiting = identityRow('Ada')
    await database.identities.insert(waiting)
    for (const about of [{ identity: unknown.identity }, { issuer: unknown.issuer }, { identity: waiting.id }])
      await expect(alerts.calendar(about)).rejects.toMatchObject({ code: 'not-found' })
  })
})
