import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IssuedRow } from '#electron/database/authority-tables'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import type { Issuer } from '#electron/pki/authority/issuer'
import { createRoot } from '#electron/pki/authority/root'
import { type Crl, readCrl } from '#electron/pki/crl/read'
import { createCrls } from '#electron/services/authorities/crl'
import { isAppError } from '#shared/errors'
import type { LastCrlAnswer } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import { isListed } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { temporaryFolder } from '../../../../support/home'
import { rounds } from '../../../../support/rounds'
import { activityLine, authorityRow, issuedRow, sha256 } from '../../../../support/rows'

/** Real time only goes on; the computer's clock is whatever somebody has set it to. Days are whole ones. */
const dayMs = 86_400_000
const start = Date.UTC(2027, 5, 1)
let issuer: Issuer
let database: Database
beforeAll(async () => {
  const now = new Date(start - 365 * dayMs)
  const root = await createRoot({ subject: named('Acme Root'), algorithm: 'p-256', days: 20_000, now })
  issuer = { issuerCertificate: root.certificate, issuerKey: root.pkcs8 }
  database = openLocalDatabase(temporaryFolder())
})
afterAll(() => database.close())

type Event =
  | { do: 'wait'; days: number }
  | { do: 'set'; ahead: number }
  | { do: 'issue'; days: number }
  | { do: 'revoke'; which: number }
  | { do: 'revoke-serial' }
  | { do: 'write'; publish: boolean; lie: boolean }
  | { do: 'roll-over' }

/** With `lies`, people say now and then the contrary of what is true of the last list. */
function eventsWith(lies: boolean): fc.Arbitrary<Event[]> {
  const days = (max: number) => fc.integer({ min: 1, max })
  // A clock that is right is what most events are about, and one that is ahead of the ends of certificates.
  const ahead = fc.oneof(
    fc.constant(0),
    fc.constant(0),
    fc.integer({ min: 20, max: 300 }),
    fc.integer({ min: -100, max: 900 }),
  )
  const lie = lies ? fc.constantFrom(false, false, true) : fc.constant(false)
  return fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: days(60) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), ahead }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('issue' as const), days: days(200) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('revoke' as const), which: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.constant({ do: 'revoke-serial' as const }) },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), publish: fc.boolean(), lie }) },
      { weight: 1, arbitrary: fc.constant({ do: 'roll-over' as const }) },
    ),
    { minLength: 5, maxLength: 40 },
  )
}

/** One issuer of a name of its own, and the computer's clock. Every key is the same one, since only the lists matter here. */
function openComputer() {
  const nameKey = sha256(randomUUID())
  let clockNow = start
  const ports = { database, jobs: inlineJobs(), clock: { now: () => new Date(clockNow) }, changed() {} }
  const get = async (id: AuthorityId) => {
    const row = await database.authorities.get(id)
    if (row === null) throw new Error('no such issuer')
    return row
  }
  const crls = createCrls(ports, {
    get,
    signWith: async ({ authority }, work) => work(issuer, await get(authority)),
  })
  async function add(predecessor: AuthorityId | null): Promise<AuthorityId> {
    const row = authorityRow('Acme Root', { nameKey })
    const brought = { revoked: [], crl: null }
    await database.authorities.insert(row, { children: [], predecessor, brought, issued: null, line: null })
    return row.id
  }
  return {
    add,
    setClock(now: number) {
      clockNow = now
    },
    write: (authority: AuthorityId, lastCrl: LastCrlAnswer | null) =>
      crls.write({ authority, passphrase: '' }, { days: 30, lastCrl }),
    async list(id: AuthorityId): Promise<Crl> {
      return readCrl((await database.crls.der(id)) ?? new Uint8Array())
    },
  }
}

/** What happens at one computer; returns the dates of the lists that each key has published. */
async function live(events: Event[]): Promise<number[][]> {
  const computer = openComputer()
  const certificates: IssuedRow[] = []
  const revoked = new Set<IssuedRow>()
  /** Of certificates that nobody here has seen. */
  const serials: string[] = []
  /** Of each key, in the order in which they were written. */
  const written = new Map<AuthorityId, { list: Crl; isPublished: boolean }[]>()
  const numbers: bigint[] = []
  let trueNow = start
  let ahead = 0
  let authority = await computer.add(null)

  async function happen(event: Event): Promise<void> {
    const clockNow = trueNow + ahead * dayMs
    switch (event.do) {
      case 'wait':
        trueNow += event.days * dayMs
        return computer.setClock(trueNow + ahead * dayMs)
      case 'set':
        ahead = event.ahead
        return computer.setClock(trueNow + ahead * dayMs)
      case 'issue': {
        const dates = { notAfter: new Date(clockNow + event.days * dayMs).toISOString() }
        const row = issuedRow(authority, certificates.length, dates)
        await database.issued.add([row], activityLine)
        certificates.push(row)
        return
      }
      case 'revoke': {
        const one = certificates[event.which % Math.max(1, certificates.length)]
        if (one === undefined) return
        await database.issued.revoke(one.sha256, new Date(clockNow).toISOString(), 'superseded', activityLine)
        revoked.add(one)
        return
      }
      case 'revoke-serial': {
        const serial = `0A:${sha256(randomUUID()).slice(0, 8).toUpperCase().match(/../gu)?.join(':')}`
        await database.issued.revokeSerial(
          authority,
          {
            serial,
            at: new Date(clockNow).toISOString(),
            reason: 'superseded',
          },
          activityLine,
        )
        serials.push(serial)
        return
      }
      case 'write':
        return write(event, clockNow)
      case 'roll-over':
        authority = await computer.add(authority)
    }
  }

  async function write({ publish, lie }: Extract<Event, { do: 'write' }>, clockNow: number): Promise<void> {
    const before = written.get(authority) ?? []
    const isOut = before.some(({ list, isPublished }) => isPublished && list.thisUpdate.getTime() > clockNow)
    try {
      await computer.write(authority, null)
    } catch (error) {
      if (!isAppError(error, 'crl-dated-ahead')) throw error
      await computer.write(authority, isOut === lie ? 'unpublished' : 'published')
    }
    const list = await computer.list(authority)
    for (const number of numbers) expect(list.number).toBeGreaterThan(number)
    numbers.push(list.number ?? 0n)
    written.set(authority, [...before, { list, isPublished: publish }])
    for (const one of revoked) checkEntry(one, list, before, clockNow)
    for (const serial of serials) expect(isListed(list, { serial }), `${serial} stays for ever`).toBe(true)
  }

  function checkEntry(one: IssuedRow, list: Crl, before: { list: Crl }[], clockNow: number): void {
    const end = Date.parse(one.notAfter)
    const isOn = isListed(list, one)
    if (ahead === 0 && end > trueNow) expect(isOn, `${one.commonName} is to be kept out`).toBe(true)
    if (isOn) return
    const counting = before.map((each) => each.list).filter(({ thisUpdate }) => thisUpdate.getTime() <= clockNow)
    const hasBeenShown = counting.some((each) => isListed(each, one) && each.thisUpdate.getTime() > end)
    expect(hasBeenShown && end < clockNow, `${one.commonName} may leave`).toBe(true)
  }

  const beginning: Event[] = [20, 60, 150].map((days) => ({ do: 'issue', days }))
  for (const which of [0, 1, 2]) beginning.push({ do: 'revoke', which })
  beginning.push({ do: 'revoke-serial' })
  for (const event of [...beginning, ...events]) await happen(event)
  return [...written.values()].map((all) =>
    all.filter(({ isPublished }) => isPublished).map(({ list }) => list.thisUpdate.getTime()),
  )
}

describe('whatever the clock does', () => {
  it('nobody who is to be kept out leaves the list, and numbers only grow, whatever people say', async () => {
    await fc.assert(
      fc.asyncProperty(eventsWith(true), async (events) => {
        await live(events)
      }),
      { numRuns: rounds(25) },
    )
  }, 300_000)

  it('the dates of published lists never go back, as long as people say what is true', async () => {
    await fc.assert(
      fc.asyncProperty(eventsWith(false), async (events) => {
        for (const dates of await live(events)) expect(dates).toEqual([...dates].sort((a, b) => a - b))
      }),
      { numRuns: rounds(25) },
    )
  }, 300_000)
})
