import { type Facts, factsOf } from '#shared/logic/test/facts'
import type { TestedIdentity, TestInput } from '#shared/logic/test/input'
import { type Judgement, judgeTest } from '#shared/logic/test/judge'
import type { CertificateView } from '#shared/model/certificate'
import { KeyCode } from '#shared/model/key'
import { answered } from './attempts'
import { sha256 } from './rows'

/** A certificate as a test describes it; valid through 2026, of "CN=Acme CA, O=Acme". */
export function certificateView(name: string, changes: Partial<CertificateView> = {}): CertificateView {
  return {
    sha256: sha256(`view of ${name}`),
    sha1: '00',
    commonName: name,
    subject: `CN=${name}`,
    issuer: 'CN=Acme CA, O=Acme',
    issuerCommonName: 'Acme CA',
    serial: '01',
    version: 3,
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    publicKey: 'RSA 2048',
    keyCode: KeyCode.parse('AAAA-BBBB-CCCC-DDDD'),
    signatureAlgorithm: 'RSA with SHA-256',
    isAuthority: false,
    selfSigned: false,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['Client authentication'],
    alternativeNames: [],
    pem: '',
    ...changes,
  }
}

const acme = certificateView('Acme CA', { issuer: 'CN=Acme Root, O=Acme', isAuthority: true, extendedKeyUsage: [] })

export function tested(changes: Partial<CertificateView> = {}, rest: Partial<TestedIdentity> = {}): TestedIdentity {
  return { name: 'Ada', certificate: certificateView('Ada', changes), issuers: [acme], newerIssuer: null, ...rest }
}

const inputOf = (changes: Partial<TestInput>): TestInput => {
  const presented = changes.with === undefined ? answered(200, { tls: { sent: 'yes' } }) : changes.with
  return {
    host: { hostname: 'a.example', port: 443, path: '/', practice: false },
    without: answered(403, { access: { mtlsStatus: 'NONE', seen: true } }),
    notTried: presented === null ? 'none-chosen' : null,
    identity: presented === null ? null : tested(),
    unusedProxy: null,
    unreadRoots: null,
    mode: 'direct',
    now: new Date('2026-06-01'),
    account: null,
    ...changes,
    with: presented,
  }
}

/** Facts and judgement of a test of which only what matters is said: refused by Access without, a page with it. */
export const factsIn = (changes: Partial<TestInput>): Facts => factsOf(inputOf(changes))
export const judged = (changes: Partial<TestInput>): Judgement => judgeTest(inputOf(changes))
