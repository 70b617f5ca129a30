import { describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createAlerts } from '#electron/services/alerts'
import type { AuthoritySummary } from '#shared/model/authority'
import type { CertificateView } from '#shared/model/certificate'
import { StoreId } from '#shared/model/ids'
import type { StoredCertificate } from '#shared/model/stored'
import { account, ca } from '../../../support/access-accounts'
import { inDays, issuerSummary } from '../../../support/expiring'
import { certificate } from '../../../support/fake-bridge/examples'
import { temporaryFolder } from '../../../support/home'
import { certificateRow, hostRow, identityRow } from '../../../support/rows'

/** Another start of the app, or another process, on the same folder. */
function start(home: string, at: string, issuers: AuthoritySummary[] = [], inStores: StoredCertificate[] = []) {
  const database = openLocalDatabase(home)
  const clock = { now: () => new Date(at) }
  const stored = { recent: async () => ({ certificates: inStores, unreadStores: [] }) }
  return { ...createAlerts({ database, clock, issuers: async () => issuers, stored }), database }
}

/** A person's folder with a certificate that ends in 65 days at 16:30. */
async function homeWith(...names: string[]): Promise<string> {
  const home = temporaryFolder()
  const database = openLocalDatabase(home)
  for (const name of names) {
    const row = identityRow(name)
    await database.identities.insert(row)
    const dates = { notBefore: inDays(-300), notAfter: inDays(65) }
    await database.identities.setCertificate(
      row.id,
      { ...certificateRow(name), ...dates },
      [],
      false,
      new Date().toISOString(),
    )
    await database.hosts.insert(hostRow('admin.acme.example', { identity: row.id, lastTestGood: true }))
  }
  await database.close()
  return home
}

/** So many days before that end, at nine. */
const daysBefore = (days: number) => inDays(65 - days, '09:00')

describe('warnings', () => {
  it('are given once each at 30, 14, 7 and 1 day and on the day, across restarts', async () => {
    const home = await homeWith('Ada')
    const titles: string[] = []
    for (const days of [31, 30, 29, 15, 14, 8, 7, 6, 2, 1, 0, -1])
      for (let restart = 0; restart < 2; restart += 1) {
        const { takeWarnings, database } = start(home, daysBefore(days))
        titles.push(...(await takeWarnings()).map(({ title }) => title))
        await database.close()
      }
    expect(titles).toEqual([
      '“Ada” expires in 30 days',
      '“Ada” expires in 14 days',
      '“Ada” expires in 7 days',
      '“Ada” expires tomorrow',
      '“Ada” expires today at 16:30',
    ])
  })

  it('are given by one of two processes that look at the same moment', async () => {
    const home = await homeWith('Ada')
    const processes = [start(home, daysBefore(7)), start(home, daysBefore(7))]
    // Both have read what was given before either of them marks anything.
    const given = await Promise.all(processes.map(({ database }) => database.warnings.given()))
    expect(given).toEqual([[], []])
    const taken = await Promise.all(processes.map(({ takeWarnings }) => takeWarnings()))
    expect(taken.flat().map(({ title }) => title)).toEqual(['“Ada” expires in 7 days'])
  })

  it('are one for several certificates, of which only new ones are counted', async () => {
    const home = await homeWith('Ada', 'Grace')
    const { takeWarnings, database } = start(home, daysBefore(14))
    expect(await takeWarnings()).toMatchObject([{ title: '2 certificates expire in the next 14 days' }])
    const late = identityRow('Mira')
    await database.identities.insert(late)
    const dates = { notBefore: inDays(-300), notAfter: inDays(66) }
    await database.identities.setCertificate(
      late.id,
      { ...certificateRow('Mira'), ...dates },
      [],
      false,
      new Date().toISOString(),
    )
    expect(await start(home, daysBefore(13)).takeWarnings()).toMatchObject([{ title: '“Mira” expires in 14 days' }])
  })

  it('come again after a clock that was years ahead has been put right', async () => {
    const home = await homeWith('Ada')
    expect(await start(home, daysBefore(-5)).takeWarnings()).toHaveLength(1)
    expect(await start(home, daysBefore(14)).takeWarnings()).toHaveLength(1)
    expect(await start(home, daysBefore(14)).takeWarnings()).toHaveLength(0)
    expect(await start(home, daysBefore(0)).takeWarnings()).toHaveLength(1)
  })

  it('are due again where the system did not show them', async () => {
    const home = await homeWith('Ada', 'Mira')
    const { takeWarnings, returnWarnings } = start(home, daysBefore(14))
    const [notification, ...others] = await takeWarnings()
    expect([notification?.title, others]).toEqual(['2 certificates expire in the next 14 days', []])
    expect(await takeWarnings()).toEqual([])
    if (notification !== undefined) await returnWarnings(notification)
    expect(await takeWarnings()).toEqual([notification])
  })

  it('are given of issuers and their lists too', async () => {
    const home = temporaryFolder()
    const crl = { number: '7', thisUpdate: inDays(42), nextUpdate: inDays(72), entries: 0 }
    const issuers = [
      issuerSummary('Acme Client CA G2', { crl }),
      issuerSummary('Acme Root', { isRoot: true, notAfter: inDays(65) }),
    ]
    const { takeWarnings } = start(home, inDays(65, '09:00'), issuers)
    expect((await takeWarnings()).map(({ title }) => title)).toEqual([
      '“Acme Root” expires today at 16:30',
      'Publish a new revocation list',
    ])
    expect(await takeWarnings()).toEqual([])
  })

  it('never concern practice certificates', async () => {
    const home = temporaryFolder()
    const database = openLocalDatabase(home)
    const row = identityRow('Practice')
    await database.identities.insert(row)
    const dates = { notBefore: inDays(64), notAfter: inDays(65) }
    await database.identities.setCertificate(
      row.id,
      { ...certificateRow('p'), ...dates },
      [],
      true,
      new Date().toISOString(),
    )
    expect(await start(home, daysBefore(0)).takeWarnings()).toEqual([])
    expect(await start(home, daysBefore(0)).places()).toEqual({ certificates: null, issuers: null })
  })
})

/** In the store of a browser since a year, until that end; nobody's of Latchkey. */
const stored = (name: string, changes: Partial<Record<keyof CertificateView, unknown>> = {}): StoredCertificate => ({
  certificate: certificate(name, { notBefore: inDays(-300), notAfter: inDays(65), ...changes }),
  chain: [],
  places: [{ store: StoreId.parse('firefox:default'), name: 'Firefox', readBy: ['Firefox'], keyPresent: true }],
  testable: false,
})

describe('a certificate that only a store has', () => {
  it('is warned of once each at 30, 14, 7 and 1 day and on the day, across restarts', async () => {
    const home = temporaryFolder()
    const given: [string, string][] = []
    for (const days of [31, 30, 29, 15, 14, 8, 7, 6, 2, 1, 0, -1])
      for (let restart = 0; restart < 2; restart += 1) {
        const { takeWarnings, database } = start(home, daysBefore(days), [], [stored('MFALK-WS14')])
        for (const { title, text, action, opens } of await takeWarnings()) {
          given.push([title, text])
          expect([action, opens.kind]).toEqual(['Show', 'stored'])
        }
        await database.close()
      }
    const text = 'It is in Firefox. Ask whoever issued it for a new one.'
    expect(given).toEqual([
      ['“MFALK-WS14” expires in 30 days', text],
      ['“MFALK-WS14” expires in 14 days', text],
      ['“MFALK-WS14” expires in 7 days', text],
      ['“MFALK-WS14” expires tomorrow', text],
      ['“MFALK-WS14” expires today at 16:30', text],
    ])
  })

  it('counts with the person’s own, and shares a notification with them', async () => {
    const home = await homeWith('Ada')
    const { places, takeWarnings } = start(home, daysBefore(12), [], [stored('MFALK-WS14')])
    expect(await places()).toMatchObject({ certificates: { count: 2, first: { kind: 'certificate' } }, issuers: null })
    expect((await takeWarnings()).map(({ title }) => title)).toEqual(['2 certificates expire in the next 14 days'])
  })

  it('is not counted twice where it is the person’s own, and not at all once another has taken its place', async () => {
    const home = await homeWith('Ada')
    const same = stored('Ada', { sha256: certificateRow('Ada').sha256 })
    const replaced = stored('MFALK-WS14')
    const next = stored('MFALK-WS14', { sha256: certificateRow('next').sha256, notAfter: inDays(400) })
    const { places } = start(home, daysBefore(12), [], [same, replaced, next])
    expect(await places()).toMatchObject({ certificates: { count: 1, first: { kind: 'certificate' } } })
  })

  it('is replaced by the person’s own of the same name and issuer, however far away its end is', async () => {
    const home = temporaryFolder()
    const { places, database } = start(home, daysBefore(12), [], [stored('Ada')])
    expect(await places()).toMatchObject({ certificates: { count: 1 } })
    const row = identityRow('Ada')
    await database.identities.insert(row)
    const later = { ...certificateRow('later'), issuer: stored('Ada').certificate.issuer, notAfter: inDays(400) }
    await database.identities.setCertificate(
      row.id,
      { ...later, notBefore: inDays(-1) },
      [],
      false,
      new Date().toISOString(),
    )
    expect(await places()).toEqual({ certificates: null, issuers: null })
  })

  it('goes into a calendar as well', async () => {
    const home = temporaryFolder()
    const found = stored('MFALK-WS14')
    const { calendar } = start(home, daysBefore(12), [], [found])
    const { name, file } = await calendar({ stored: found.certificate.sha256 })
    expect(name).toBe('MFALK-WS14')
    expect(file).toContain('“MFALK-WS14” expires')
    await expect(calendar({ stored: certificateRow('gone').sha256 })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('counts', () => {
  it('are those of each screen, whether or not somebody was warned', async () => {
    const home = await homeWith('Ada', 'Grace')
    const issuers = [issuerSummary('Acme Root', { isRoot: true, notAfter: inDays(70) })]
    const { places, takeWarnings } = start(home, daysBefore(12), issuers)
    for (let time = 0; time < 2; time += 1) {
      expect(await places()).toMatchObject({
        certificates: { count: 2, ended: 0, first: { kind: 'certificate', name: 'Ada' } },
        issuers: { count: 1, first: { kind: 'root' } },
      })
      await takeWarnings()
    }
  })

  it('leave out a certificate whose successor ends far in the future', async () => {
    const home = await homeWith('Ada')
    const { places, database } = start(home, daysBefore(12))
    const row = identityRow('Ada')
    await database.identities.insert(row)
    const later = { ...certificateRow('later'), issuer: certificateRow('Ada').issuer, notAfter: inDays(400) }
    await database.identities.setCertificate(row.id, later, [], false, new Date().toISOString())
    expect(await places()).toEqual({ certificates: null, issuers: null })
  })
})

it('what was warned of long ago is forgotten', async () => {
  const home = await homeWith('Ada')
  await start(home, daysBefore(7)).takeWarnings()
  const { database } = start(home, daysBefore(0))
  expect(await database.warnings.given()).toHaveLength(1)
  const times = { now: inDays(500), ahead: inDays(500), forget: inDays(135) }
  await database.warnings.claim([], times)
  expect(await database.warnings.given()).toEqual([])
})

it('warns of CAs in Access by the last reading, once', async () => {
  const home = temporaryFolder()
  const reading = account({ cas: [ca('Clients', ['a.acme.example'], { expiresOn: inDays(65) })] })
  const { database } = start(home, daysBefore(20))
  await database.accessReadings.put(reading)
  await database.close()
  for (const expected of [['The CA “Clients” in Access expires in 10 days'], []]) {
    const { takeWarnings, database: opened } = start(home, daysBefore(10))
    expect((await takeWarnings()).map(({ title }) => title)).toEqual(expected)
    await opened.close()
  }
})
