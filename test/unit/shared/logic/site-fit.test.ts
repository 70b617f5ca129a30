import { describe, expect, it } from 'vitest'
import { type FitSubject, fitChecks, isFitting, issuersAsked, isWorthATry, siteNeed } from '#shared/logic/site-fit'
import type { Attempt } from '#shared/model/attempt'
import { CertificateView } from '#shared/model/certificate'
import { answered, failed } from '../../../support/attempts'

const now = new Date('2026-11-25T12:00:00.000Z')
const acme = 'CN=Acme Client CA G2, O=Acme'
const place = { hostname: 'a.example', port: 443, path: '/', practice: false }

const view = (changes: Partial<Record<keyof CertificateView, unknown>> = {}) =>
  CertificateView.parse({
    sha256: 'a'.repeat(64),
    sha1: 'a'.repeat(40),
    commonName: 'Mira Falk',
    subject: 'CN=Mira Falk',
    issuer: acme,
    issuerCommonName: 'Acme Client CA G2',
    serial: '01',
    version: 3,
    notBefore: '2026-03-14T00:00:00.000Z',
    notAfter: '2027-03-14T00:00:00.000Z',
    publicKey: 'RSA 2048',
    keyCode: 'AAAA-BBBB-CCCC-DDDD',
    signatureAlgorithm: 'SHA-256 with RSA',
    isAuthority: false,
    selfSigned: false,
    keyUsage: [],
    extendedKeyUsage: [],
    alternativeNames: [],
    pem: '',
    ...changes,
  })

const fitting: FitSubject = { certificate: view(), issuers: [], isForClients: true, hasKey: true }
const checked = (named: string[], changes: Partial<FitSubject> = {}) => ({
  checks: fitChecks(named, { ...fitting, ...changes }, now),
})
const wordsAgainst = ({ checks }: ReturnType<typeof checked>) =>
  checks.filter(({ outcome }) => outcome !== 'pass').map(({ words }) => words)

describe('whether a certificate fits', () => {
  it('says the four checks in plain words where all are passed', () => {
    expect(checked([acme]).checks.map(({ words }) => words)).toEqual([
      'The site accepts its issuer',
      'Not expired',
      'Made for signing in',
      'Its key is here',
    ])
    expect(isFitting(checked([acme]))).toBe(true)
  })

  it('knows the issuer however its name is written, and one further up the chain', () => {
    expect(isFitting(checked(['O=ACME, CN=Acme Client CA G2']))).toBe(true)
    const issuers = [view({ issuer: 'CN=Acme Root, O=Acme', isAuthority: true })]
    expect(isFitting(checked(['CN=Acme Root, O=Acme'], { issuers }))).toBe(true)
    expect(isFitting(checked(['CN=Acme Root, O=Acme']))).toBe(false)
  })

  it.each([
    ['another issuer', checked(['CN=Other CA, O=Acme']), 'The site does not name its issuer'],
    ['an expired one', checked([acme], { certificate: view({ notAfter: now.toISOString() }) }), /^Expired on/u],
    [
      'one for later',
      checked([acme], { certificate: view({ notBefore: '2026-11-26T12:00:00.000Z' }) }),
      /^Not valid before/u,
    ],
    ['one for servers', checked([acme], { isForClients: false }), 'Not made for signing in'],
    ['one without its key', checked([acme], { hasKey: false }), 'Its key is not here'],
  ])('%s does not fit', (_, candidate, words) => {
    expect(wordsAgainst(candidate)).toEqual([expect.stringMatching(words)])
    expect(isFitting(candidate)).toBe(false)
    expect(isWorthATry(candidate)).toBe(false)
  })

  it('claims no fit where the site names no issuer', () => {
    expect(isFitting(checked([]))).toBe(false)
    expect(isWorthATry(checked([]))).toBe(true)
    expect(isWorthATry(checked([], { hasKey: false }))).toBe(false)
  })
})

describe('what a site needs', () => {
  const named = { acceptableIssuers: [acme] }
  const need = (without: Attempt, certificates = [checked([acme])]) => siteNeed({ without }, place, certificates)

  it('is the certificate that fits, or one of an issuer that it names', () => {
    const refused = answered(403, { tls: named })
    expect(need(refused)).toBe('have')
    expect(need(refused, [checked(['CN=Other'])])).toBe('need')
    expect(need(refused, [])).toBe('need')
    expect(need(failed('certificate-demanded', named), [])).toBe('need')
    expect(issuersAsked({ without: refused })).toEqual([acme])
  })

  it('is not known where it names no issuer', () => {
    expect(need(answered(403), [checked([])])).toBe('unnamed')
  })

  it('is left to the judgement where a certificate is not proven to be what is missing', () => {
    expect(need(answered(403, { tls: { ...named, asked: 'no' } }))).toBe('other')
    expect(need(answered(403, { tls: { ...named, asked: 'unknown' } }))).toBe('other')
    expect(need(answered(200, { tls: named }))).toBe('other')
    expect(need(answered(500, { tls: named }), [])).toBe('other')
    expect(need(failed('name-unknown'), [])).toBe('other')
    expect(need(failed('connection-reset', named, { phase: 'handshake-over' }), [])).toBe('other')
    expect(need(failed('certificate-demanded', { ...named, alert: 'internal_error' }), [])).toBe('other')
  })

  it('is not what an unverified server says', () => {
    const without = answered(403, { tls: { ...named, trust: 'untrusted' } })
    expect(need(without)).toBe('other')
    expect(issuersAsked({ without })).toEqual([])
  })
})
