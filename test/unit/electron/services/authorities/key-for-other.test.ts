import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemRandom } from '#electron/platform/random'
import { generatePassword } from '#electron/services/authorities/generated-password'
import { AppError } from '#shared/errors'
import { type AuthoritySummary, IssuedPage, KeyForOther } from '#shared/model/authority'
import { Page } from '#shared/model/page'
import { type Office, openOffice, passphrase } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { temporaryFolder } from '../../../../support/home'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let workshop: Workshop
let office: Office
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

const wanted = ({ id }: AuthoritySummary) =>
  KeyForOther.parse({
    authority: id,
    names: { subject: named('Ada Lovelace'), emails: ['ada@acme.dev'], dnsNames: [] },
    algorithm: 'p-256',
    days: 90,
  })
const all = async () => (await office.authorities.issued(IssuedPage.parse({ authority: null }))).rows

/** Everything in Latchkey's folder, whatever it is. */
function everythingIn(folder: string): Buffer {
  const parts = readdirSync(folder).map((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? everythingIn(path) : readFileSync(path)
  })
  return Buffer.concat(parts)
}

describe('a key for somebody else', () => {
  it('is refused unless it is switched on', async () => {
    const root = await office.create('Acme Root')
    const make = () => office.authorities.keysForOthers.make(wanted(root), passphrase, async () => 'saved')
    expect(await office.authorities.keysForOthers.isAllowed()).toBe(false)
    await expect(make()).rejects.toMatchObject({ code: 'invalid-input' })
    await office.authorities.keysForOthers.allow(true)
    expect((await make()).delivered).toBe('saved')
    await office.authorities.keysForOthers.allow(false)
    await expect(make()).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('opens in openssl with its password, encrypted with AES-256, and its certificate verifies and is marked', async () => {
    await office.authorities.keysForOthers.allow(true)
    const root = await office.create('Acme Root')
    const { delivered, password, certificate } = await office.authorities.keysForOthers.make(
      wanted(root),
      passphrase,
      async (p12) => Buffer.from(p12),
    )
    await workshop.write('ada.p12', delivered)
    await workshop.write('root.pem', (await office.authorities.chainFile(root.id)).pem)
    const open = ['pkcs12', '-in', 'ada.p12', '-passin', `pass:${password}`]
    await workshop.write('ada.pem', await workshop.openssl(...open, '-nodes'))
    const about = await workshop.run('sh', [
      '-c',
      `openssl ${open.map((word) => `'${word}'`).join(' ')} -info -noout 2>&1`,
    ])
    expect(about).toContain('AES-256-CBC')
    expect(await workshop.openssl('pkey', '-in', 'ada.pem', '-pubout')).toBe(
      await workshop.openssl('x509', '-in', 'ada.pem', '-noout', '-pubkey'),
    )
    await workshop.write('leaf.pem', await workshop.openssl(...open, '-clcerts', '-nokeys'))
    const checked = await workshop.openssl('verify', '-purpose', 'sslclient', '-CAfile', 'root.pem', 'leaf.pem')
    expect(checked).toContain('OK')
    expect(certificate).toMatchObject({ commonName: 'Ada Lovelace', keyMadeByIssuer: true })
    const renewed = await office.authorities.renew(certificate.sha256, 80, passphrase)
    expect(renewed.keyMadeByIssuer).toBe(true)
    expect((await office.authorities.issuedList([certificate.sha256])).csv).toContain(',issuer,valid,')
  })

  it('is kept nowhere, and neither is its password', async () => {
    await office.authorities.keysForOthers.allow(true)
    const root = await office.create('Acme Root')
    const made = await office.authorities.keysForOthers.make(wanted(root), passphrase, async (p12) => Buffer.from(p12))
    await workshop.write('ada.p12', made.delivered)
    const open = ['pkcs12', '-in', 'ada.p12', '-passin', `pass:${made.password}`, '-nocerts', '-nodes']
    const pem = await workshop.openssl(...open)
    const key = Buffer.from(pem.slice(pem.indexOf('-----BEGIN')).replace(/-----[^-]+-----|\s/gu, ''), 'base64')
    expect(key.length).toBeGreaterThan(100)
    const { rows } = await office.database.activity.list(Page.parse({ limit: 1000 }))
    expect(JSON.stringify(rows)).not.toContain(made.password)
    expect((await office.authorities.issuedMessage(made.certificate.sha256)).body).not.toContain(made.password)
    expect((await office.authorities.issuedList([made.certificate.sha256])).csv).not.toContain(made.password)
    expect(await office.vault.ids('private-key')).toEqual([])
    const everything = everythingIn(office.home)
    expect(everything.includes(made.password)).toBe(false)
    expect(everything.includes(made.password.replaceAll('-', ''))).toBe(false)
    // The secret number of the key itself, in whatever form it might lie there.
    expect(everything.includes(key.subarray(36, 68))).toBe(false)
    expect(everything.includes(made.delivered.subarray(60, 124))).toBe(false)
  })

  it('counts for nothing where its file could not be written: the certificate is revoked', async () => {
    await office.authorities.keysForOthers.allow(true)
    const root = await office.create('Acme Root')
    const failing = () => Promise.reject(new AppError('file-not-written', 'ENOSPC'))
    await expect(office.authorities.keysForOthers.make(wanted(root), passphrase, failing)).rejects.toMatchObject({
      code: 'file-not-written',
    })
    expect(await all()).toMatchObject([{ commonName: 'Ada Lovelace', status: 'revoked' }])
  })

  it('is not made with a wrong passphrase', async () => {
    await office.authorities.keysForOthers.allow(true)
    const root = await office.create('Acme Root')
    const make = office.authorities.keysForOthers.make(wanted(root), 'wrong horse', async () => 'saved')
    await expect(make).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(await all()).toEqual([])
  })
})

describe('a generated password', () => {
  it('has at least 128 bits: each of its characters is drawn from 32', () => {
    const asked: number[] = []
    const every = {
      bytes(length: number) {
        asked.push(length)
        return Uint8Array.from({ length }, (_, place) => place)
      },
    }
    const password = generatePassword(every)
    const characters = password.replaceAll('-', '')
    expect(asked).toEqual([characters.length])
    const alphabet = new Set(
      Array.from(
        { length: 256 },
        (_, octet) => generatePassword({ bytes: (length) => new Uint8Array(length).fill(octet) })[0],
      ),
    )
    expect(alphabet.size).toBe(32)
    expect(characters.length * Math.log2(alphabet.size)).toBeGreaterThanOrEqual(128)
    expect(password).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$/u)
  })

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => generatePassword(systemRandom))).size).toBe(100)
  })
})
