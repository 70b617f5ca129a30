import { summarise } from '#electron/services/identities/summary'
import { CertificateView as CertificateSchema, type CertificateView, type Check } from '#shared/model/certificate'
import { type Host, Host as HostSchema } from '#shared/model/host'
import {
  IdentityDetail as DetailSchema,
  type IdentityDetail,
  type IdentityStatus,
  type IdentitySummary,
  type Journey,
  type LastTest,
} from '#shared/model/identity'
import { Sha256 } from '#shared/model/ids'
import { CertificateInStore, Install } from '#shared/model/store'

const day = 86_400_000
export const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString()
export const uuid = (): string => crypto.randomUUID()

const hexDigits = '0123456789abcdef'
/** The same text always gives the same 64 digits, so that pictures of two runs can be compared. */
export function digest(text: string): string {
  let state = 7
  for (const character of text) state = (state * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  let digits = ''
  while (digits.length < 64) {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    digits += hexDigits[state >>> 28]
  }
  return digits
}

export function keyCode(text: string): string {
  const letters = [...digest(text)].slice(0, 16).map((digit) => 'ABCDEFGHJKMNPQRS'[hexDigits.indexOf(digit)])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

const pem = (label: string, text: string) =>
  `-----BEGIN ${label}-----\n${Array.from({ length: 11 }, (_, line) => btoa(digest(`${text}${line}`)).slice(0, 64)).join('\n')}\n-----END ${label}-----\n`

export function certificate(
  commonName: string,
  changes: Partial<Record<keyof CertificateView, unknown>> = {},
): CertificateView {
  return CertificateSchema.parse({
    sha256: digest(`${commonName} certificate`),
    sha1: digest(commonName).slice(0, 40),
    commonName,
    subject: `CN=${commonName}, O=Acme`,
    issuer: 'CN=Acme Client CA, O=Acme',
    issuerCommonName: 'Acme Client CA',
    serial: '1f3a900c55e2718d',
    version: 3,
    notBefore: inDays(-3),
    notAfter: inDays(362),
    publicKey: 'RSA 2048',
    keyCode: keyCode(commonName),
    signatureAlgorithm: 'SHA-256 with RSA',
    isAuthority: false,
    selfSigned: false,
    keyUsage: ['digital signature'],
    extendedKeyUsage: ['client authentication'],
    alternativeNames: ['email:ada@acme.dev'],
    pem: pem('CERTIFICATE', commonName),
    ...changes,
  })
}

export const issuers = [
  certificate('Acme Client CA', {
    isAuthority: true,
    issuer: 'CN=Acme Root CA, O=Acme',
    issuerCommonName: 'Acme Root CA',
    notAfter: inDays(1500),
    extendedKeyUsage: [],
    keyUsage: ['certificate signing', 'CRL signing'],
  }),
  certificate('Acme Root CA', {
    isAuthority: true,
    selfSigned: true,
    issuer: 'CN=Acme Root CA, O=Acme',
    issuerCommonName: 'Acme Root CA',
    notAfter: inDays(3400),
    publicKey: 'RSA 4096',
    extendedKeyUsage: [],
  }),
]

const good: Check[] = [
  { code: 'matches-key', outcome: 'pass', evidence: 'RSA 2048' },
  { code: 'not-authority', outcome: 'pass', evidence: 'CA:FALSE' },
  { code: 'validity', outcome: 'pass', evidence: '365 days' },
  { code: 'client-use', outcome: 'pass', evidence: 'client authentication' },
  { code: 'signature-accepted', outcome: 'pass', evidence: 'SHA-256 with RSA' },
  { code: 'chain-complete', outcome: 'pass', evidence: 'Acme Client CA, Acme Root CA' },
  { code: 'subject-as-requested', outcome: 'pass', evidence: 'CN=Ada Lovelace' },
]
const oldFormat: Check[] = [
  ...good.map(
    (check): Check =>
      check.code === 'client-use' ? { ...check, outcome: 'note', evidence: 'no use is named' } : check,
  ),
  { code: 'version-3', outcome: 'note', evidence: 'X.509 v1, without extensions' },
]

const steps = (text: string): Journey => {
  const words = { d: 'done', n: 'next', l: 'later', w: 'withheld', f: 'failed' } as const
  const word = (index: number) => words[(text[index] ?? 'l') as keyof typeof words]
  return { key: word(0), requested: word(1), issued: word(2), installed: word(3), trusted: word(4), tested: word(5) }
}

export function waitingIdentity(name: string, algorithm = 'RSA 2048'): IdentityDetail {
  return DetailSchema.parse({
    summary: {
      id: uuid(),
      name,
      algorithm,
      keyCode: keyCode(name),
      keyInVault: true,
      createdAt: inDays(-1),
      status: 'waiting',
      sites: { works: 0, total: 0 },
      journey: steps('ddnlll'),
      issuer: null,
      notBefore: null,
      notAfter: null,
      sha256: null,
      practice: false,
      replacement: null,
      replaces: null,
    },
    tags: [],
    note: '',
    subject: `CN=${name}`,
    alternativeNames: [],
    requestPem: pem('CERTIFICATE REQUEST', name),
    certificate: null,
    chain: [],
    checks: [],
    installs: [],
    tests: [],
    renewal: null,
  })
}

/** Files a certificate with a waiting request, as an import does. */
export function issue(
  detail: IdentityDetail,
  status: IdentityStatus,
  journey: string,
  days = 362,
  practice = false,
): IdentityDetail {
  const issuer = practice ? 'Latchkey Practice Intermediate CA' : 'Acme Client CA'
  const view = certificate(detail.summary.name, {
    notAfter: inDays(days),
    issuerCommonName: issuer,
    keyCode: detail.summary.keyCode,
    publicKey: detail.summary.algorithm,
    ...(days < 30 ? { notBefore: inDays(days - 365) } : {}),
    ...(practice ? { version: 1, extendedKeyUsage: [] } : {}),
  })
  const summary: IdentitySummary = {
    ...detail.summary,
    status,
    sites: { works: status === 'working' ? 1 : 0, total: status === 'working' || status === 'refused' ? 1 : 0 },
    journey: steps(journey),
    issuer: `CN=${issuer}, O=Acme`,
    notBefore: view.notBefore,
    notAfter: view.notAfter,
    sha256: view.sha256,
    practice,
  }
  return { ...detail, summary, certificate: view, chain: issuers, checks: practice ? oldFormat : good }
}

/** X.509 v1, as the walkthrough’s commands make it. */
export const inOldFormat = (detail: IdentityDetail): IdentityDetail => ({
  ...detail,
  certificate:
    detail.certificate === null
      ? null
      : { ...detail.certificate, version: 1, keyUsage: [], extendedKeyUsage: [], alternativeNames: [] },
  checks: oldFormat,
})

/** Its status, steps and sites follow from its installs and tests, by the rules of the real services. */
export function settled(detail: IdentityDetail, now = new Date()): IdentityDetail {
  const { summary, installs, tests, tags, note, alternativeNames } = detail
  const row = {
    ...{ ...summary, certificate: summary.sha256, installs, tags, note, alternativeNames },
    keySha256: Sha256.parse(digest(`${summary.name} key`)),
    subject: null,
    chain: [],
    hasRequest: detail.requestPem !== null,
    sites: { works: tests.filter(({ good }) => good).length, total: tests.length },
  }
  return { ...detail, summary: summarise(row, now) }
}

/** The old certificate and the one that is requested in its place, or has come in it. */
export function renewing(old: IdentityDetail, made: IdentityDetail): [old: IdentityDetail, made: IdentityDetail] {
  const { id, name, notAfter } = made.summary
  const replacement = { identity: id, name, requestedAt: inDays(-1), notAfter }
  const replaces = {
    identity: old.summary.id,
    name: old.summary.name,
    notAfter: old.summary.notAfter ?? inDays(0),
    isKept: false,
  }
  const status = notAfter === null ? old.summary.status : 'replaced'
  return [
    { ...old, summary: { ...old.summary, status, replacement } },
    { ...made, summary: { ...made.summary, replaces } },
  ]
}

export function installOf({ summary }: IdentityDetail, changes: Partial<Record<keyof Install, unknown>> = {}): Install {
  return Install.parse({
    id: uuid(),
    identity: summary.id,
    store: 'nss-user',
    storeName: 'Chrome and Chromium',
    sha256: summary.sha256 ?? digest('none'),
    installedAt: inDays(-2),
    checkedAt: inDays(0),
    present: true,
    keyPresent: true,
    chainPresent: true,
    certificates: changes['present'] === false ? [] : [inStoreOf(summary)],
    trust: { state: 'trusted', reason: null },
    ...changes,
  })
}

/** The present certificate, or with `changes` another one of its key. */
export const inStoreOf = (
  { name, notAfter, sha256 }: IdentitySummary,
  changes: Partial<Record<keyof CertificateInStore, unknown>> = {},
): CertificateInStore =>
  CertificateInStore.parse({ name, notAfter, sha256: sha256 ?? digest('none'), recorded: true, ...changes })

export function host(hostname: string, changes: Partial<Record<keyof Host, unknown>> = {}): Host {
  return HostSchema.parse({
    id: uuid(),
    hostname,
    port: 443,
    path: '/',
    connectTo: null,
    pinnedKey: null,
    practice: false,
    identity: null,
    createdAt: inDays(-9),
    lastTestAt: null,
    lastTestGood: null,
    lastVerdict: null,
    lastSentence: null,
    ...changes,
  })
}

export const testOf = (site: Host, report: string, good: boolean, sentence: string): LastTest =>
  DetailSchema.shape.tests.element.parse({
    report,
    host: site.id,
    address: `https://${site.hostname}/`,
    at: inDays(-0.002),
    good,
    sentence,
  })
