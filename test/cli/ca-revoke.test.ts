import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { Revocation } from '#shared/model/revocation'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** An issuer of openssl's moves in and revokes what it signed there; openssl then judges by the list from here. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }
const serials = { ada: '0x1F2E3D', bob: '0x5B0B0B', carol: '0xCA401', dora: '0xD05A' }
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

const at = (name: string) => join(here.folder, name)
const certificate = IssuedCertificate.nullable()
const Revoked = z.looseObject({ certificate, revocation: Revocation.omit({ certificate: true }) })
const Listed = z.looseObject({ certificates: z.array(IssuedCertificate), total: z.number() })
const Issuers = z.looseObject({ issuers: z.array(AuthoritySummary) })
const Failed = z.looseObject({ error: z.looseObject({ code: z.string(), detail: z.string() }) })
const Any = z.looseObject({})

async function ca<T>(schema: z.ZodType<T>, args: string[], code = 0): Promise<T> {
  const run = await runCli(here, ['ca', ...args, '--json'], { environment })
  expect(run.code, run.stdout + run.stderr).toBe(code)
  return schema.parse(JSON.parse(run.stdout))
}
const refused = async (...args: string[]) => (await ca(Failed, ['revoke', ...args], 2)).error.detail

async function newRoot(name: string, subject: string): Promise<void> {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  await workshop.openssl('req', '-x509', ...newKey, ...files, '-subj', subject, '-days', '3650')
}

async function sign(root: string, client: string, serial: string): Promise<void> {
  await workshop.openssl('req', '-new', ...newKey, '-keyout', 'c.key', '-out', 'c.csr', '-subj', `/CN=${client}`)
  const by = ['-CA', `${root}.pem`, '-CAkey', `${root}.key`, '-set_serial', serial, '-days', '365']
  await workshop.openssl('x509', '-req', '-in', 'c.csr', ...by, '-out', `${client}.pem`)
}

/** What openssl says of a client by the list that was written here. */
async function checked(client: string): Promise<string> {
  const args = ['verify', '-crl_check', '-CAfile', at('root.pem'), '-CRLfile', at('ca.crl'), at(`${client}.pem`)]
  return workshop.openssl(...args).then(
    (output) => output,
    (error: Error) => error.message,
  )
}

beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  await newRoot('root', '/CN=My Root')
  await newRoot('impostor', '/CN=My Root')
  await newRoot('stranger', '/CN=Strange Root')
  for (const [client, serial] of Object.entries(serials)) await sign('root', client, serial)
  await sign('impostor', 'mallory', serials.carol)
  await sign('stranger', 'zoe', serials.carol)
  for (const name of [...Object.keys(serials), 'mallory', 'zoe', 'root', 'stranger'])
    writeFileSync(at(`${name}.pem`), await workshop.read(`${name}.pem`))
  writeFileSync(at('root.key'), await workshop.read('root.key'))
  await ca(Any, ['import', 'root.pem', 'root.key'])
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

describe('what an issuer signed before it was imported', () => {
  it('is revoked by file and by serial number, and openssl refuses both and no third', async () => {
    const ada = await ca(Revoked, ['revoke', 'ada.pem', '--issuer', 'My Root', '--reason', 'key-compromise'])
    expect(ada).toMatchObject({
      certificate: { commonName: 'ada', issuedAt: null, status: 'revoked', reason: 'key-compromise' },
      revocation: { issuer: 'My Root', serial: '1F:2E:3D', reason: 'key-compromise', isNew: true },
    })
    const bob = await ca(Revoked, ['revoke', '--issuer', 'My Root', '--serial', '5b:0b:0b'])
    expect(bob).toMatchObject({ certificate: null, revocation: { serial: '5B:0B:0B', isNew: true } })
    const dora = await ca(Revoked, ['revoke', '--serial', `decimal:${Number(serials.dora)}`])
    expect(dora.revocation).toMatchObject({ issuer: 'My Root', serial: 'D0:5A' })
    await ca(Any, ['crl', 'My Root', '-o', 'ca.crl'])
    for (const client of ['ada', 'bob', 'dora']) expect(await checked(client)).toContain('certificate revoked')
    expect(await checked('carol')).toContain('carol.pem: OK')
    const shown = await workshop.openssl('crl', '-in', at('ca.crl'), '-noout', '-text')
    expect(shown).toMatch(/Serial Number: 1F2E3D.*?Key Compromise/su)
    const list = await ca(Listed, ['list', '--issued', '--search', '1F2E3D'])
    expect(list.certificates).toMatchObject([{ commonName: 'ada', status: 'revoked' }])
  })

  it('is linked when its file comes after its serial number, which is then known', async () => {
    const [before] = (await ca(Issuers, ['list'])).issuers
    const bob = await ca(Revoked, ['revoke', 'bob.pem', '--reason', 'superseded'])
    expect(bob).toMatchObject({
      certificate: { commonName: 'bob', status: 'revoked', reason: 'unspecified' },
      revocation: { isNew: false, reason: 'unspecified' },
    })
    const again = await ca(Revoked, ['revoke', '--serial', '0x5B0B0B'])
    expect(again).toMatchObject({ certificate: { commonName: 'bob' }, revocation: { isNew: false } })
    const [after] = (await ca(Issuers, ['list'])).issuers
    expect(after?.revocations).toBe(before?.revocations)
    const run = await runCli(here, ['ca', 'revoke', 'bob'], { environment })
    expect([run.code, run.stdout]).toEqual([0, expect.stringMatching(/^bob \(5B:0B:0B\) was already revoked on 20/u)])
  })

  it('says in words that an entry without a certificate stays', async () => {
    const run = await runCli(here, ['ca', 'revoke', '--serial', 'AB'], { environment })
    expect(run.stdout).toBe(
      'Serial number AB of “My Root” is revoked. It remains on every CRL, because its expiry date is unknown. Next, write a new CRL: latchkey ca crl\n',
    )
  })

  it('is never somebody else’s certificate, whatever its name or serial number', async () => {
    expect(await refused('zoe.pem')).toBe('No issuer here signed this certificate; its issuer is “Strange Root”.')
    expect(await refused('mallory.pem')).toBe(
      'No issuer here signed this certificate: it names “My Root”, but another key signed it.',
    )
    expect(await refused('root.pem')).toContain('the self-signed certificate of “My Root” itself')
    await ca(Any, ['crl', 'My Root', '-o', 'ca.crl'])
    expect(await checked('carol')).toContain('carol.pem: OK')
  })

  it.each([
    [['--serial', '0'], 'greater than zero'],
    [['--serial=-5'], 'greater than zero'],
    [['--serial', `A1${'00'.repeat(20)}`], 'at most 20 octets'],
    [['--serial', 'client'], 'written in hex'],
    [['--serial', '12345678901234567890'], 'hex or decimal'],
    [['--serial', '1A', '--issuer', 'Nobody'], 'No issuer is called “Nobody”.'],
    [['--serial', '1A', 'ada.pem'], 'not both'],
    [[], 'Specify a certificate, or its issuer and serial number'],
    [['no/such/file'], 'File not found: no/such/file'],
    [['gone.pem'], 'File not found: gone.pem'],
    [['Nobody'], 'No certificate issued here matches “Nobody”.'],
  ])('refuses %j', async (args, reason) => {
    expect(await refused(...args)).toContain(reason)
  })

  it('is asked about when there are several issuers or certificates', async () => {
    await ca(Any, ['import', 'stranger.pem', '--certificate-only'])
    expect(await refused('zoe.pem')).toContain('The key of “Strange Root” is not here, so no CRL can be written here.')
    expect(await refused('carol.pem', '--issuer', 'Strange Root')).toContain(
      '“Strange Root” did not sign this certificate',
    )
    writeFileSync(at('two.pem'), Buffer.concat([await workshop.read('carol.pem'), await workshop.read('dora.pem')]))
    expect(await refused('two.pem')).toContain('It contains several certificates: “carol”, “dora”.')
    mkdirSync(at('carol'))
    expect(await refused('carol')).toBe('No certificate issued here matches “carol”.')
    await ca(Any, ['init', 'Second Root', '--key', 'p-256'])
    expect(await refused('--serial', '1A')).toContain('Several issuers match')
  })
})
