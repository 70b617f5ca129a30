import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { type Walkthrough, walkThrough } from '../support/openssl'

/** Each destination's file is opened by what stands for that destination here. */
let walk: Walkthrough
let here: Computer
beforeAll(async () => {
  walk = await walkThrough()
  here = newComputer()
  for (const name of ['client.pem', 'client.key', 'ca-chain.pem']) put(name, await walk.read(name))
  put('new.txt', 'zwölf Boxkämpfer\n')
  put('ascii.txt', 'twelve boxers\n')
})
afterAll(async () => {
  await walk.remove()
  discard(here)
})

const path = (name: string) => join(here.folder, name)
const put = (name: string, content: string | Uint8Array) => writeFileSync(path(name), content)
const password = (file = 'new.txt') => ['-passin', `file:${path(file)}`]

async function convert(...args: string[]) {
  const run = await runCli(here, ['convert', ...args, '--json'])
  return { code: run.code, answer: JSON.parse(run.stdout) as Record<string, unknown> }
}
const fromWalk = ['client.pem', 'client.key', 'ca-chain.pem']
const publicKey = async (...args: string[]) => (await walk.openssl(...args)).trim()
const ownPublicKey = () => publicKey('pkey', '-in', path('client.key'), '-pubout')

describe('a PKCS#12', () => {
  it.each(['macos', 'windows', 'firefox', 'java', 'openssl'])(
    'for %s holds key, certificate and issuers',
    async (where) => {
      const out = `${where}.p12`
      const chosen = where === 'java' ? 'ascii.txt' : 'new.txt'
      const made = await convert(...fromWalk, '--for', where, '-o', out, '--new-password-file', chosen)
      expect(made).toMatchObject({ code: 0, answer: { issuers: 2, files: [{ name: out, secret: true }] } })
      expect(statSync(path(out)).mode & 0o777).toBe(0o600)
      const legacy = where === 'macos' || where === 'windows' ? ['-legacy'] : []
      const read = ['pkcs12', '-in', path(out), ...password(chosen), ...legacy]
      await walk.openssl(...read, '-nocerts', '-nodes', '-out', 'out.key')
      expect(await publicKey('pkey', '-in', 'out.key', '-pubout')).toBe(await ownPublicKey())
      const certificates = await walk.openssl(...read, '-nokeys')
      expect(certificates.match(/BEGIN CERTIFICATE/gu)).toHaveLength(3)
    },
  )

  it('wants a password, and is not written without one', async () => {
    const made = await convert(...fromWalk, '--for', 'macos', '-o', 'none.p12')
    expect(made).toMatchObject({ code: 1, answer: { error: { code: 'password-needed' } } })
    expect(existsSync(path('none.p12'))).toBe(false)
  })

  it('for Java is not written under a password that Java cannot enter', async () => {
    const made = await convert(...fromWalk, '--for', 'java', '-o', 'no.p12', '--new-password-file', 'new.txt')
    expect(made).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    expect(existsSync(path('no.p12'))).toBe(false)
  })
})

describe('PEM for programs', () => {
  it('has the key beside it, encrypted', async () => {
    const made = await convert(...fromWalk, '--for', 'curl', '-o', 'curl.pem', '--new-password-file', 'new.txt')
    expect(made).toMatchObject({
      code: 0,
      answer: { files: [{ name: 'curl.pem' }, { name: 'curl.key', secret: true }] },
    })
    expect(readFileSync(path('curl.key'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY')
    expect(await publicKey('pkey', '-in', path('curl.key'), ...password(), '-pubout')).toBe(await ownPublicKey())
    const verify = ['verify', '-CAfile', path('ca-chain.pem'), path('curl.pem')]
    expect(await walk.openssl(...verify)).toContain('OK')
  })

  it('has a plain key only when somebody insists', async () => {
    const plain = await convert(...fromWalk, '--for', 'nginx', '-o', 'nginx.pem', '--plain-key')
    expect(plain.code).toBe(0)
    expect(readFileSync(path('nginx.key'), 'utf8')).toContain('BEGIN PRIVATE KEY')
    const old = await convert(...fromWalk, '--for', 'traditional-key', '-o', 'old.key')
    expect(old).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    expect((await convert(...fromWalk, '--for', 'traditional-key', '-o', 'old.key', '--plain-key')).code).toBe(0)
    expect(readFileSync(path('old.key'), 'utf8')).toContain('BEGIN RSA PRIVATE KEY')
  })
})

describe('certificates alone', () => {
  it('go into DER and PKCS#7', async () => {
    expect((await convert('client.pem', 'ca-chain.pem', '--for', 'p7b', '-o', 'all.p7b')).code).toBe(0)
    const listed = await walk.openssl('pkcs7', '-inform', 'DER', '-in', path('all.p7b'), '-print_certs')
    expect(listed.match(/BEGIN CERTIFICATE/gu)).toHaveLength(3)
    expect((await convert('all.p7b', '--for', 'der', '-o', 'leaf.der')).code).toBe(0)
    const subject = await walk.openssl('x509', '-inform', 'DER', '-in', path('leaf.der'), '-noout', '-subject')
    expect(subject).toContain('John Doe')
  })
})

describe('several to choose from', () => {
  it('are listed, and one is picked by its number, name or fingerprint', async () => {
    await walk.openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Grace',
      '-addext',
      'basicConstraints=CA:FALSE',
      '-keyout',
      path('grace.key'),
      '-out',
      path('grace.pem'),
    )
    const both = [...fromWalk, 'grace.pem', 'grace.key', '--for', 'der', '-o', 'one.der']
    const unclear = await convert(...both)
    expect(unclear).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    expect(JSON.stringify(unclear.answer)).toMatch(/John Doe.*Grace/u)
    for (const pick of ['2', 'Grace']) {
      const made = await convert(...both, '--pick', pick, '--force')
      expect(made).toMatchObject({ code: 0, answer: { certificate: { commonName: 'Grace' } } })
    }
    expect((await convert(...both, '--pick', 'Nobody', '--force')).code).toBe(2)
  })

  it('and what is there is not overwritten without --force', async () => {
    const before = readFileSync(path('leaf.der'))
    const again = await convert('client.pem', '--for', 'der', '-o', 'leaf.der')
    expect(again).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    expect(readFileSync(path('leaf.der'))).toEqual(before)
  })
})

describe('certificates without a key', () => {
  const countIn = (name: string) => readFileSync(path(name), 'utf8').match(/BEGIN CERTIFICATE/gu)?.length

  it('are written as PEM, without any password', async () => {
    await walk.openssl('x509', '-in', 'client.pem', '-outform', 'DER', '-out', path('client.cer'))
    const all = [
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'client.pem',
      '-certfile',
      'ca-chain.pem',
      '-out',
      path('certnew.p7b'),
    ]
    await walk.openssl(...all)
    for (const [file, count] of [
      ['client.cer', 1],
      ['certnew.p7b', 3],
    ] as const) {
      const made = await convert(file, '--for', 'pem', '-o', `${file}.pem`)
      const files = [{ name: `${file}.pem`, secret: false, what: 'certificate and issuers' }]
      expect(made).toMatchObject({ code: 0, answer: { files } })
      expect(countIn(`${file}.pem`)).toBe(count)
    }
  })

  it.each(['macos', 'curl', 'nginx', 'java'])('are refused for %s, since the key is missing', async (where) => {
    const chosen = ['--new-password-file', 'ascii.txt']
    const made = await convert('certnew.p7b', '--for', where, '-o', 'no-key.out', ...chosen)
    expect(made).toMatchObject({ code: 1, answer: { error: { code: 'private-key-missing' } } })
    expect(existsSync(path('no-key.out'))).toBe(false)
  })

  it('and one PEM file with a key still wants a password', async () => {
    const made = await convert(...fromWalk, '--for', 'pem', '-o', 'unprotected.pem')
    expect(made).toMatchObject({ code: 1, answer: { error: { code: 'password-needed' } } })
    expect(existsSync(path('unprotected.pem'))).toBe(false)
  })
})

it('a key without its certificate is no identity', async () => {
  const made = await convert('client.key', '--for', 'pem', '-o', 'x.pem', '--plain-key')
  expect(made).toMatchObject({ code: 1, answer: { error: { code: 'nothing-usable' } } })
})
