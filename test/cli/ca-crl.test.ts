import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuthoritySummary, CrlSummary } from '#shared/model/authority'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** An issuer that was made and used with openssl moves in, with its last CRL. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }
const serials = { eve: '1F2E3D', ada: 'F1E2D3', bob: '0B0B' }
const lastNumber = 1795648185123456789n

beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const at = (name: string) => join(here.folder, name)
const Imported = z.looseObject({ issuer: AuthoritySummary })
const Written = z.looseObject({ crl: CrlSummary, pem: z.string(), notes: z.array(z.string()) })
const Failed = z.looseObject({ error: z.looseObject({ code: z.string(), detail: z.string(), remedy: z.string() }) })

async function ca<T>(schema: z.ZodType<T>, args: string[], code = 0): Promise<T> {
  const run = await runCli(here, ['ca', ...args, '--json'], { environment })
  expect(run.code, run.stdout + run.stderr).toBe(code)
  return schema.parse(JSON.parse(run.stdout))
}

/** A root of openssl's, three clients that it has signed, and its last CRL, on which stands one of them. */
async function usedElsewhere(name: string, lastUpdate: string[]): Promise<string[]> {
  const { openssl, write, read } = workshop
  await write('index.txt', '')
  await write('number', lastNumber.toString(16))
  const own = ['database=index.txt', 'crlnumber=number', 'default_md=sha256', 'unique_subject=no', '']
  await write('ca.cnf', ['[ca]', 'default_ca=own', '[own]', ...own].join('\n'))
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    `/CN=${name}`,
    '-days',
    '3650',
  )
  const key = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key']
  for (const [client, serial] of Object.entries(serials)) {
    await openssl('req', '-new', ...newKey, '-keyout', 'c.key', '-out', 'c.csr', '-subj', `/CN=${client}`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', `0x${serial}`, '-days', '365']
    await openssl('x509', '-req', '-in', 'c.csr', ...by, '-out', `${client}.pem`)
  }
  await openssl('ca', ...key, '-revoke', 'eve.pem', '-crl_reason', 'keyCompromise')
  await openssl('ca', ...key, '-gencrl', '-out', 'last.crl', ...lastUpdate)
  for (const file of ['ca.pem', 'ca.key', 'last.crl', 'eve.pem', 'ada.pem', 'bob.pem'])
    writeFileSync(at(file), await read(file))
  return ['import', 'ca.pem', 'ca.key', 'last.crl']
}

/** What openssl says of a client by a list. */
async function checked(client: string, list: string, ...more: string[]): Promise<string> {
  const args = ['verify', '-crl_check', ...more, '-CAfile', at('ca.pem'), '-CRLfile', at(list), at(`${client}.pem`)]
  return workshop.openssl(...args).then(
    (output) => output,
    (error: Error) => error.message,
  )
}

const numberIn = async (list: string) =>
  BigInt(/0x([0-9A-F]+)/u.exec(await workshop.openssl('crl', '-in', at(list), '-noout', '-crlnumber'))?.[0] ?? 0)

describe('a CRL after one that was written elsewhere', () => {
  it('goes on from its number, whatever its size, and keeps what it revoked', async () => {
    const { issuer } = await ca(Imported, await usedElsewhere('Used Root', ['-crldays', '9']))
    expect(issuer.crl?.number).toBe(String(lastNumber))
    const { crl, notes } = await ca(Written, ['crl', 'Used Root', '-o', 'last.crl'])
    expect([crl.number, notes]).toEqual(['1795648185123456790', []])
    expect(await numberIn('last.crl')).toBe(lastNumber + 1n)
    expect(await checked('eve', 'last.crl')).toContain('certificate revoked')
    expect(await checked('ada', 'last.crl')).toContain('OK')
  })

  it('dated in the future stops with both dates, until somebody says whether it was published', async () => {
    const future = ['-crl_lastupdate', '20350101000000Z', '-crl_nextupdate', '20350131000000Z']
    await ca(Imported, await usedElsewhere('Ahead Root', future))
    const wanted = ['crl', 'Ahead Root', '-o', 'ahead.crl']
    const { error } = await ca(Failed, wanted, 2)
    expect(error).toMatchObject({ code: 'crl-dated-ahead', remedy: expect.stringContaining('--last-crl') })
    expect(error.detail).toMatch(
      /^CRL number 1795648185123456789 is dated 1 Jan 2035, 00:00 UTC\. This computer’s clock says \d+ \w+ 20\d\d, /u,
    )
    const unknown = await runCli(here, ['ca', ...wanted, '--last-crl', 'maybe'], { environment })
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('published, unpublished')])

    const published = await ca(Written, [...wanted, '--last-crl', 'published'])
    expect(published.crl).toMatchObject({ number: String(lastNumber + 1n), thisUpdate: '2035-01-01T00:00:01.000Z' })
    expect(published.notes).toEqual([expect.stringMatching(/Until 1 Jan 2035, 00:00 UTC, .*successor/u)])
    expect(await checked('eve', 'ahead.crl', '-no_check_time')).toContain('certificate revoked')
    expect(await checked('ada', 'ahead.crl')).toContain('CRL is not yet valid')
    const text = await runCli(here, ['ca', ...wanted, '--last-crl', 'published'], { environment })
    expect(text.stderr).toContain('! Until ')
  })

  it('that nobody has does not count', async () => {
    const future = ['-crl_lastupdate', '20350101000000Z', '-crl_nextupdate', '20350131000000Z']
    await ca(Imported, await usedElsewhere('Unseen Root', future))
    const { crl, notes } = await ca(Written, ['crl', 'Unseen Root', '-o', 'last.crl', '--last-crl', 'unpublished'])
    expect([crl.number, notes]).toEqual([String(lastNumber + 1n), []])
    expect(await checked('eve', 'last.crl')).toContain('certificate revoked')
    expect(await checked('ada', 'last.crl')).toContain('OK')
    expect(readFileSync(at('last.crl'), 'utf8')).toContain('BEGIN X509 CRL')
  })
})
