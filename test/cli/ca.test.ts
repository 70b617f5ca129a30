import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** The administrator's half from a terminal, with openssl as the holders' tool and as the judge. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }

beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const at = (name: string) => join(here.folder, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const Issuer = z.looseObject({ issuer: AuthoritySummary })
const Listed = z.looseObject({ certificates: z.array(IssuedCertificate), total: z.number() })
const Issued = z.looseObject({
  issued: z.array(IssuedCertificate),
  refused: z.array(z.object({ source: z.string(), reason: z.string() })),
  notes: z.array(z.object({ source: z.string(), kind: z.string(), note: z.string() })),
  files: z.array(z.string()),
})

async function ca<T>(schema: z.ZodType<T>, args: string[], code = 0): Promise<T> {
  const run = await runCli(here, ['ca', ...args, '--json'], { environment })
  expect(run.code, run.stdout + run.stderr).toBe(code)
  expect(JSON.parse(run.stdout)).toMatchObject({ version: 2, verb: `ca ${args[0]}`, ok: code === 0 })
  return schema.parse(JSON.parse(run.stdout))
}

async function failure(...args: string[]) {
  const Failed = z.looseObject({ error: z.looseObject({ code: z.string(), detail: z.string().nullable() }) })
  const run = await runCli(here, ['ca', ...args, '--json'], { environment })
  const { code, detail } = Failed.parse(JSON.parse(run.stdout)).error
  return { exit: run.code, code, detail }
}

async function request(file: string, subject: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'client.key']
  writeFileSync(at(file), await workshop.openssl('req', '-new', ...key, '-subj', subject))
}

const openssl = (...args: string[]) =>
  workshop.run(
    'openssl',
    args.map((arg) => (arg.startsWith('./') ? at(arg) : arg)),
  )

describe('an issuer in a terminal', () => {
  it('is made, signs, and is verified in both orders of the chain file', async () => {
    await ca(Issuer, ['init', 'Acme Root', '--key', 'p-256'])
    const { issuer } = await ca(Issuer, [
      'intermediate',
      'Acme Clients',
      '--issuer',
      'Acme Root',
      '--key',
      'p-256',
      '-o',
      'chain.pem',
    ])
    expect(issuer).toMatchObject({ name: 'Acme Clients', isRoot: false, hasKey: true })
    await request('ada.csr', '/CN=The Boss')
    const ways = ['issue', 'ada.csr', '--issuer', 'Acme Clients']
    expect(await failure(...ways)).toMatchObject({
      exit: 2,
      code: 'invalid-input',
      detail: expect.stringContaining('requests CN=The Boss with the key'),
    })
    const { issued } = await ca(Issued, [...ways, '--cn', 'Ada Lovelace', '-o', 'ada.pem'])
    expect(issued).toMatchObject([{ commonName: 'Ada Lovelace', status: 'valid' }])
    const blocks = read('chain.pem').split(/(?<=-----END CERTIFICATE-----\n)/u)
    expect(blocks).toHaveLength(2)
    writeFileSync(at('turned.pem'), blocks.reverse().join(''))
    for (const chain of ['./chain.pem', './turned.pem'])
      expect(await openssl('verify', '-purpose', 'sslclient', '-CAfile', chain, './ada.pem')).toContain('OK')
  })

  it('signs a folder with a list, whose names count, and refuses an exchanged key', async () => {
    const { certificates } = await ca(Listed, ['list', '--issued', '--search', 'Ada Lovelace'])
    const keyCode = certificates[0]?.keyCode
    await request('bob.csr', '/CN=Root of all')
    await request('eve.csr', '/CN=Bob')
    writeFileSync(
      at('people.csv'),
      `\uFEFFcsr;common_name;organization;key_code\r\nbob.csr;Bob Byte;"Acme; Ltd";\r\neve.csr;Eve;;${keyCode}\r\n`,
    )
    const ways = ['issue', 'bob.csr', 'eve.csr', '--csv', 'people.csv', '--issuer', 'Acme Clients']
    const { issued, refused, files } = await ca(Issued, [...ways, '--out-dir', 'issued'], 1)
    expect(issued.map(({ subject }) => subject)).toEqual(['CN=Bob Byte, O=Acme\\; Ltd'])
    expect(refused).toMatchObject([{ source: 'people.csv, line 3' }])
    expect(files).toEqual([join('issued', 'bob-byte.pem')])
    expect(await openssl('verify', '-CAfile', './chain.pem', './issued/bob-byte.pem')).toContain('OK')
  })

  it('says whose name somebody else’s key has already', async () => {
    const issueTo = (file: string) => ca(Issued, ['issue', file, '--issuer', 'Acme Clients', '--cn', 'Zoe'])
    for (const name of ['zoe.csr', 'twin.csr']) await request(name, '/CN=Anybody')
    const first = await issueTo('zoe.csr')
    expect(first.notes).toEqual([])
    const note = expect.stringContaining(first.issued[0]?.keyCode ?? 'a key')
    expect((await issueTo('twin.csr')).notes).toEqual([{ source: 'twin.csr', kind: 'namesake', note }])
  })

  it('revokes, and openssl takes its CRL', async () => {
    const chain = ['-CAfile', './chain.pem']
    await ca(z.unknown(), ['crl', 'Acme Clients', '-o', 'before.crl'])
    const check = (list: string) => openssl('verify', '-crl_check', ...chain, '-CRLfile', list, './ada.pem')
    expect(await check('./before.crl')).toContain('OK')
    await ca(z.unknown(), ['revoke', 'ada.pem', '--reason', 'key-compromise'])
    const { issuers } = await ca(z.looseObject({ issuers: z.array(AuthoritySummary) }), ['list'])
    expect(issuers.map(({ crlDue }) => crlDue)).toEqual(['no', 'now'])
    const { issuer } = await ca(Issuer, ['crl', 'Acme Clients', '-o', 'after.crl'])
    expect(issuer).toMatchObject({ crlDue: 'no', crl: { number: '2', entries: 1 } })
    await expect(check('./after.crl')).rejects.toThrow(/certificate revoked/u)
    await ca(z.unknown(), ['crl', 'Acme Clients', '--der', '-o', 'after.der'])
    const shown = await openssl('crl', '-inform', 'DER', '-in', './after.der', '-noout', '-text', ...chain)
    expect(shown).toContain('Key Compromise')
  })

  it('renews by name, rolls over, and lists', async () => {
    await ca(z.unknown(), ['renew', 'Bob Byte', '--days', '30', '-o', 'bob.pem'])
    expect(await openssl('verify', '-CAfile', './chain.pem', './bob.pem')).toContain('OK')
    expect(await failure('renew', 'Bob Byte')).toMatchObject({ exit: 2, code: 'ambiguous' })
    const { certificates, total } = await ca(Listed, [
      'list',
      '--issued',
      '--issuer',
      'Acme Clients',
      '--search',
      'bob',
    ])
    expect([certificates.length, total]).toEqual([2, 2])
    await ca(Issuer, ['roll-over', 'Acme Clients', '-o', 'next.pem'])
    const { complete } = await ca(z.looseObject({ complete: z.boolean() }), ['chain', 'Acme Clients', '-o', 'now.pem'])
    expect(complete).toBe(true)
    expect(read('now.pem')).toBe(read('next.pem'))
    await ca(z.unknown(), ['renew', certificates[0]?.serial ?? '', '-o', 'bob.pem', '--force'])
    expect(await openssl('verify', '-CAfile', './next.pem', './bob.pem')).toContain('OK')
  })

  it('comes from elsewhere with its key, and not without its own certificate', async () => {
    const root = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-keyout',
      'old.key',
      '-passout',
      'pass:old-word',
      '-days',
      '9',
    ]
    writeFileSync(at('old.pem'), await workshop.openssl(...root, '-subj', '/CN=Old CA'))
    writeFileSync(at('old.key'), await workshop.read('old.key'))
    writeFileSync(at('word.txt'), 'old-word\n')
    const ways = ['import', 'old.pem', 'old.key', '--password-file']
    writeFileSync(at('wrong.txt'), 'other\n')
    expect(await failure(...ways, 'wrong.txt')).toMatchObject({ exit: 1, code: 'wrong-password' })
    const { issuer } = await ca(Issuer, [...ways, 'word.txt'])
    expect(issuer).toMatchObject({ name: 'Old CA', isRoot: true, hasKey: true })
    expect(await failure('import', 'ada.pem')).toMatchObject({ exit: 1, code: 'certificate-not-authority' })
    expect(await failure('import', 'old.pem', '--certificate-only')).toMatchObject({ code: 'already-present' })
  })

  it('asks for passphrases and tells wrong ones', async () => {
    writeFileSync(at('ca-wrong.txt'), 'not this\n')
    expect(await failure('crl', 'Acme Root', '--ca-passphrase-file', 'ca-wrong.txt')).toMatchObject({
      exit: 1,
      code: 'passphrase-wrong',
    })
    const silent = await runCli(here, ['ca', 'crl', 'Acme Root'])
    expect([silent.code, silent.stderr]).toEqual([2, expect.stringContaining('LATCHKEY_CA_PASSPHRASE')])
    const help = (await runCli(here, ['ca', 'issue', '--help'])).stdout
    expect(help).toContain('Examples:')
    expect(help).toContain('key_code')
    expect(help).not.toMatch(/--[a-z-]*(password|passphrase)\b(?!-file)/u)
  })
})
