import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openLocalDatabase } from '#electron/database/local'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { inDays } from '../support/expiring'
import { certificateRow, hostRow, identityRow } from '../support/rows'

const computers: Computer[] = []
function computer(): Computer {
  const made = newComputer()
  computers.push(made)
  return made
}
afterAll(() => {
  for (const each of computers) discard(each)
})

const Answer = z.strictObject({
  version: z.literal(2),
  verb: z.literal('expiring'),
  ok: z.boolean(),
  within: z.number(),
  calendar: z.string().nullable(),
  expiring: z.array(z.looseObject({ kind: z.string(), name: z.string(), daysLeft: z.number(), ended: z.boolean() })),
})

async function expiring(on: Computer, args: string[] = []) {
  const run = await runCli(on, ['expiring', '--json', ...args])
  return { code: run.code, ...Answer.parse(JSON.parse(run.stdout)) }
}

/** A certificate that is used at one site. */
async function addCertificate(on: Computer, name: string, ends: string): Promise<void> {
  const database = openLocalDatabase(on.latchkey)
  const row = identityRow(name)
  await database.identities.insert(row)
  const certificate = { ...certificateRow(`${name} until ${ends}`), issuer: 'CN=Acme Client CA', notAfter: ends }
  await database.identities.setCertificate(row.id, certificate, [], false, new Date().toISOString())
  await database.hosts.insert(hostRow('admin.acme.example', { identity: row.id, lastTestGood: true }))
  await database.close()
}

const fromNow = (days: number) => inDays(days, '23:59', new Date())

describe('latchkey expiring', () => {
  it('finds nothing on a new computer', async () => {
    const here = computer()
    expect(await expiring(here)).toMatchObject({ code: 0, ok: true, within: 30, expiring: [] })
    expect((await runCli(here, ['expiring'])).stdout).toBe('Nothing expires in the next 30 days.\n')
  })

  it('lists certificates and issuers, without a key', async () => {
    const here = computer()
    const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }
    const made = await runCli(here, ['ca', 'init', 'Acme Root', '--key', 'p-256', '--days', '20'], { environment })
    expect(made.code, made.stderr).toBe(0)
    await addCertificate(here, 'Ada', fromNow(12))
    await addCertificate(here, 'Ada, last year', fromNow(-40))
    const found = await expiring(here)
    expect(found).toMatchObject({
      code: 1,
      ok: false,
      expiring: [
        {
          kind: 'certificate',
          name: 'Ada',
          daysLeft: 12,
          ended: false,
          sites: { count: 1, example: 'admin.acme.example', gated: 0 },
        },
        { kind: 'root', name: 'Acme Root', ended: false },
      ],
    })
    const { stdout } = await runCli(here, ['expiring'])
    expect(stdout).toMatch(
      /^\d{4}-\d\d-\d\d {2}certificate {3}“Ada” expires in 12 days, used on admin\.acme\.example\n.*“Acme Root” expires in/u,
    )
    expect(await expiring(here, ['--within', '11d'])).toMatchObject({ code: 0, within: 11, expiring: [] })
  })

  it('writes a calendar file, which it does not overwrite, and none for nothing', async () => {
    const here = computer()
    const ics = join(here.folder, 'expiring.ics')
    expect(await expiring(here, ['--ics', ics])).toMatchObject({ code: 0, calendar: null })
    expect(existsSync(ics)).toBe(false)
    await addCertificate(here, 'Ada', fromNow(12))
    expect(await expiring(here, ['--ics', ics])).toMatchObject({ code: 1, calendar: ics })
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(ics, 'utf8')))
    expect(calendar.getAllSubcomponents('vevent').map((event) => event.getFirstPropertyValue('summary'))).toEqual([
      '“Ada” expires',
    ])
    expect((await runCli(here, ['expiring', '--ics', ics])).code).toBe(2)
    expect((await runCli(here, ['expiring', '--ics', ics, '--force'])).code).toBe(1)
  })

  it('is quiet about a certificate that has been replaced', async () => {
    const here = computer()
    await addCertificate(here, 'Ada', fromNow(3))
    expect((await expiring(here)).code).toBe(1)
    await addCertificate(here, 'Ada', fromNow(300))
    expect((await expiring(here)).code).toBe(0)
  })

  it.each(['soon', '-1', '2w'])('refuses --within %s', async (within) => {
    expect((await runCli(computer(), ['expiring', `--within=${within}`])).code).toBe(2)
  })

  it('says that it could not look, with another exit code', async () => {
    const here = computer()
    await expiring(here)
    writeFileSync(join(here.latchkey, 'latchkey.db'), 'this is no database, however long it is. '.repeat(200))
    const run = await runCli(here, ['expiring', '--json'])
    expect([run.code, JSON.parse(run.stdout)]).toMatchObject([3, { ok: false, error: { code: 'database-damaged' } }])
  })
})
