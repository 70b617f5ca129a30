import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { type Computer, discard, newComputer, runCli } from '../support/crash'

/** An issuer is archived, exported, deleted, and imported again from a terminal. */
let here: Computer
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse', LATCHKEY_NEW_PASSWORD: 'battery staple' }

beforeAll(() => {
  here = newComputer()
})
afterAll(() => discard(here))

const run = (...args: string[]) => runCli(here, ['ca', ...args], { environment })
const Issuers = z.looseObject({ issuers: z.array(AuthoritySummary) })
const Issued = z.looseObject({ issued: z.array(IssuedCertificate) })
async function names(...options: string[]): Promise<string[]> {
  const { stdout } = await run('list', '--json', ...options)
  return Issuers.parse(JSON.parse(stdout)).issuers.map(({ name }) => name)
}

describe('an issuer in a terminal', () => {
  it('is archived and brought back', async () => {
    expect((await run('init', 'Acme Root', '--key', 'p-256')).code).toBe(0)
    expect((await run('archive', 'Acme Root')).code).toBe(0)
    expect(await names()).toEqual([])
    expect(await names('--all')).toEqual(['Acme Root'])
    expect((await run('list')).stderr).toContain('1 archived issuer not listed; use --all.')
    expect((await run('archive', 'Acme Root', '--undo')).code).toBe(0)
    expect(await names()).toEqual(['Acme Root'])
  })

  it('is exported, deleted by its name only, and goes on with its CRL numbers after an import', async () => {
    expect((await run('crl', 'Acme Root', '-o', 'root.crl')).code).toBe(0)
    const exported = await run('export', 'Acme Root', '-o', 'root.p12')
    expect(exported.code, exported.stderr).toBe(0)
    expect(statSync(join(here.folder, 'root.p12')).mode & 0o777).toBe(0o600)
    expect((await run('export', 'Acme Root', '-o', 'root.p12')).code).toBe(2)

    const asked = await run('delete', 'Acme Root')
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('1 private key')])
    expect((await run('delete', 'Acme Root', '--confirm', 'Acme')).code).toBe(2)
    expect(await names()).toEqual(['Acme Root'])
    const deleted = await run('delete', 'Acme Root', '--confirm', 'Acme Root')
    expect(deleted.code, deleted.stderr).toBe(0)
    expect(await names('--all')).toEqual([])

    const back = await runCli(here, ['ca', 'import', 'root.p12'], {
      environment: { ...environment, LATCHKEY_PASSWORD: environment.LATCHKEY_NEW_PASSWORD },
    })
    expect(back.code, back.stderr).toBe(0)
    const written = await run('crl', 'Acme Root', '--json', '-o', 'next.crl')
    expect(JSON.parse(written.stdout)).toMatchObject({ crl: { number: '2' } })
  })

  it('lists what it issued as a table', async () => {
    const { code, stdout } = await run('list', '--issued', '--csv')
    expect([code, stdout.split(',')[0]]).toEqual([0, 'common_name'])
  })

  it('issues by a template, which options and the list of templates name', async () => {
    const pattern = ['--days', '20', '--organization', 'Acme', '--email', '{name}@acme.example']
    const saved = await run('template', 'Staff', '--issuer', 'Acme Root', ...pattern)
    expect([saved.code, saved.stdout.trim()]).toEqual([0, 'Saved: Staff: 20 days · O=Acme · {name}@acme.example'])
    await runCli(here, ['request', 'Ada Lovelace', '--key', 'p-256', '-o', 'ada.csr'], {})
    const issued = await run('issue', 'ada.csr', '--cn', 'Ada Lovelace', '--template', 'staff', '--json')
    expect(issued.code, issued.stderr).toBe(0)
    const [only] = Issued.parse(JSON.parse(issued.stdout)).issued
    expect(only?.subject).toBe('CN=Ada Lovelace, O=Acme')
    expect(Math.round((Date.parse(only?.notAfter ?? '') - Date.now()) / 86_400_000)).toBe(20)
    const unknown = await run('issue', 'ada.csr', '--cn', 'Ada', '--template', 'Guests')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Templates: “Staff”.')])
    expect((await run('template', 'STAFF', '--delete')).code).toBe(0)
    expect((await run('templates')).stdout).toContain('No templates yet.')
  })
})
