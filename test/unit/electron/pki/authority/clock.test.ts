import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateAuthority, generateCertificate } from '#electron/cfssl/generate'
import { defaultConfig, profileOf } from '#electron/cfssl/profile'
import { noGate } from '#electron/lab/gate'
import { createLab } from '#electron/lab/index'
import { createLabPki } from '#electron/lab/pki'
import { createRevocationList } from '#electron/lab/revocation'
import { certify } from '#electron/pki/authority/certify'
import { type CertificateNames, issueAsRequested, issueClient, renewClient } from '#electron/pki/authority/client'
import { createIntermediate } from '#electron/pki/authority/intermediate'
import { openIssuer } from '#electron/pki/authority/issuer'
import { lifetime } from '#electron/pki/authority/lifetime'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { rollOver } from '#electron/pki/authority/roll-over'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { issueServer } from '#electron/pki/authority/server'
import { readCrl } from '#electron/pki/crl/read'
import { createCrl } from '#electron/pki/crl/write'
import { time } from '#electron/pki/der-values'
import { generateKey, type KeyPair } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { signerFor } from '#electron/pki/sign'
import { readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { systemRandom } from '#electron/platform/random'
import { isAppError } from '#shared/errors'
import { RequestDraft } from '#shared/model/identity'
import { crlDates, named } from '../../../../support/certificates'

/** A computer whose clock is wrong, asked to sign whatever can be signed. */
const made = new Date('2026-11-26T04:37:00Z')
const inDays = (days: number) => new Date(made.getTime() + days * 86_400_000)
const years = (count: number) => inDays(Math.round(count * 365.25))
let root: NewAuthority
let leaf: Uint8Array
let key: KeyPair
let requestDer: Uint8Array

const issuer = () => ({ issuerCertificate: root.certificate, issuerKey: root.pkcs8 })
const names: CertificateNames = { kind: 'decided', subject: named('Ada'), emails: [], dnsNames: [] }
const profile = profileOf(defaultConfig, null).profile
const csr = (ca: { expiry: string } | null = null) => ({
  CN: 'Ada',
  hosts: [],
  key: { algo: 'ecdsa', size: 256 },
  names: [],
  ca: ca === null ? null : { ...ca, backdate: '', pathlen: 0, pathlenzero: false },
  serialnumber: '',
  crl_url: '',
})

beforeAll(async () => {
  root = await createRoot({ subject: named('Acme Root'), algorithm: 'p-256', days: 3650, now: made })
  key = await generateKey('p-256')
  requestDer = await createRequest(RequestDraft.parse({ subject: named('Ada') }), key.pkcs8)
  leaf = await issueClient(openIssuer(issuer()), {
    names,
    spki: key.spki,
    days: 90,
    now: made,
  })
})

/** Everything that is signed under an issuer. */
const signatures: Record<string, (now: Date) => Promise<unknown>> = {
  'a client certificate': (now) => issueClient(openIssuer(issuer()), { names, spki: key.spki, days: 90, now }),
  'a renewal': async (now) => renewClient(openIssuer(issuer()), { certificate: leaf, days: 90, now }),
  'a request as it is, for the practice site': (now) => issueAsRequested({ requestDer, ...issuer(), days: 90, now }),
  'a server certificate': (now) => issueServer({ ...issuer(), dnsNames: ['a.example'], spki: key.spki, days: 90, now }),
  'an intermediate': (now) =>
    createIntermediate({ subject: named('Acme Clients'), algorithm: 'p-256', days: 90, now, ...issuer() }),
  'a CRL': (now) => createCrl({ ...issuer(), revoked: [], number: 1n, ...crlDates(now, 30) }),
  'cfssl’s gencert': (now) => generateCertificate(csr(), key, { issuer: issuer(), profile, now }),
}

describe.each(Object.entries(signatures))('%s', (_what, sign) => {
  it('is signed within the issuer’s dates', async () => {
    await expect(sign(made)).resolves.toBeDefined()
  })

  it('is refused by a clock before the issuer’s start, which both dates tell', async () => {
    await expect(Promise.resolve().then(() => sign(new Date('2020-11-26T16:37:00Z')))).rejects.toMatchObject({
      code: 'issuer-not-yet-valid',
      detail:
        'This computer’s clock says 26 Nov 2020, 16:37 UTC. The certificate of “Acme Root” begins on 26 Nov 2026, 04:32 UTC.',
    })
  })

  it('is refused by a clock after the issuer’s end', async () => {
    await expect(Promise.resolve().then(() => sign(years(11)))).rejects.toMatchObject({
      code: 'issuer-expired',
      detail: expect.stringContaining('“Acme Root” ended on 23 Nov 2036, 04:32 UTC.'),
    })
  })
})

describe('a successor', () => {
  const next = (now: Date) =>
    rollOver({ certificate: root.certificate, algorithm: 'p-256', days: 30, issuer: null, now })

  it('is made after the old one’s end as well, but not before its start', async () => {
    await expect(next(years(-1))).rejects.toMatchObject({ code: 'issuer-not-yet-valid' })
    expect(viewCertificate((await next(years(11))).certificate).subject).toBe('CN=Acme Root')
  })

  it('of an intermediate is bound by the one above it', async () => {
    const { certificate } = await createIntermediate({
      subject: named('Acme Clients'),
      algorithm: 'p-256',
      days: 30,
      now: made,
      ...issuer(),
    })
    const wanted = { certificate, algorithm: 'p-256' as const, days: 30, issuer: issuer() }
    await expect(rollOver({ ...wanted, now: years(11) })).rejects.toMatchObject({ code: 'issuer-expired' })
  })
})

describe('the practice site', () => {
  it('says so too, and forgets no revocation that the clock kept off its list', async () => {
    let now = made
    const clock = { now: () => now }
    const { clientIntermediate } = await createLabPki(now)
    const { certificate: issuerCertificate, pkcs8: issuerKey } = clientIntermediate
    const list = await createRevocationList({ issuerCertificate, issuerKey }, clock, 7)
    now = inDays(-1)
    await expect(list.revoke('01')).rejects.toMatchObject({ code: 'issuer-not-yet-valid' })
    now = made
    await list.revoke('02')
    expect(readCrl(list.current()).count).toBe(2)
  })

  it('never replaces a list by an older one that took longer', async () => {
    const { clientIntermediate } = await createLabPki(made)
    const { certificate: issuerCertificate, pkcs8: issuerKey } = clientIntermediate
    const list = await createRevocationList({ issuerCertificate, issuerKey }, { now: () => made }, 7)
    const serials = Array.from({ length: 20 }, (_, index) => (index + 16).toString(16))
    await Promise.all(serials.map((serial) => list.revoke(serial)))
    expect(readCrl(list.current())).toMatchObject({ count: 20, number: 21n })
  })

  it('signs nothing while the clock is wrong', async () => {
    let now = made
    const lab = await createLab({ clock: { now: () => now }, random: systemRandom, gate: noGate })()
    try {
      now = years(-6)
      await expect(lab.issue(requestDer)).rejects.toMatchObject({ code: 'issuer-not-yet-valid' })
    } finally {
      await lab.stop()
    }
  })
})

describe('dates', () => {
  it('never end before they begin, whatever the clock and the lifetime', () => {
    const instant = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2300, 0) })
    fc.assert(
      fc.property(instant, instant, instant, fc.integer({ min: 1, max: 36_500 }), (now, first, second, days) => {
        const [notBefore, notAfter] = [new Date(Math.min(first, second)), new Date(Math.max(first, second))]
        const issuer = { title: 'Any', notBefore, notAfter }
        let validity: ReturnType<typeof lifetime>
        try {
          validity = lifetime(new Date(now), days, issuer)
        } catch (error) {
          const isOutside = now < notBefore.getTime() || now >= notAfter.getTime()
          return isOutside && isAppError(error)
        }
        return (
          validity.notBefore < validity.notAfter &&
          validity.notBefore >= notBefore &&
          validity.notAfter <= notAfter &&
          validity.notBefore.getTime() <= now &&
          now <= validity.notAfter.getTime()
        )
      }),
    )
  })

  it('that would stand the wrong way round are signed by nobody', async () => {
    const name = encodeName(nameFrom(named('x')))
    const content = { issuer: name, subject: name, spki: key.spki, extensions: [] }
    for (const notAfter of [inDays(-1), made, new Date(made.getTime() + 999)])
      await expect(
        certify({ ...content, validity: { notBefore: made, notAfter } }, signerFor(key.pkcs8)),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    const over = generateAuthority(csr({ expiry: '0s' }), key, made)
    await expect(over).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('end with the year 9999', async () => {
    const last = new Date('9999-12-31T23:59:59Z')
    expect(Buffer.from(time(last).subarray(2)).toString()).toBe('99991231235959Z')
    for (const date of [new Date(last.getTime() + 1000), new Date(Number.NaN)])
      expect(() => time(date)).toThrow(/9999/u)
    const forever = createRoot({ subject: named('x'), algorithm: 'p-256', days: 36_500, now: new Date('9950-01-01') })
    await expect(forever).rejects.toMatchObject({ code: 'invalid-input', detail: expect.stringContaining('9999') })
    for (const expiry of ['70000000h', '9999999999999999h'])
      await expect(generateAuthority(csr({ expiry }), key, made)).rejects.toMatchObject({ code: 'invalid-input' })
    const long = { ...profile, expiry: 1e300 }
    const { certificate } = await generateCertificate(csr(), key, { issuer: issuer(), profile: long, now: made })
    expect(viewCertificate(certificate).notAfter).toBe(viewCertificate(root.certificate).notAfter)
  })

  it('of a next CRL too', async () => {
    const now = new Date('9950-01-01')
    const old = await createRoot({ subject: named('x'), algorithm: 'p-256', days: 18_000, now })
    const pair = { issuerCertificate: old.certificate, issuerKey: old.pkcs8 }
    const write = (days: number) => createCrl({ ...pair, revoked: [], number: 1n, ...crlDates(now, days) })
    await expect(write(36_500)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(readCrl(await write(18_000)).nextUpdate?.getUTCFullYear()).toBe(9999)
  })

  it('before 1950 need all four digits, as those from 2050 on', () => {
    const tagOf = (date: string) => time(new Date(date))[0]
    expect(['1949-12-31', '1950-01-01', '2049-12-31', '2050-01-01'].map(tagOf)).toEqual([0x18, 0x17, 0x17, 0x18])
  })

  it('of entries that came with an imported list keep their century', async () => {
    const at = new Date('1949-06-01T00:00:00Z')
    const der = await createCrl({
      ...issuer(),
      revoked: [{ serial: '01', at, reason: 'unspecified' }],
      number: 1n,
      ...crlDates(made, 7),
    })
    expect([...readCrl(der).entries()][0]?.revokedAt).toEqual(at)
  })

  it('of our own certificates are whole seconds', () => {
    expect(readCertificate(leaf).notBefore.getMilliseconds()).toBe(0)
  })
})
