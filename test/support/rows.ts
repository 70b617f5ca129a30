import { createHash, randomUUID } from 'node:crypto'
import type { AuthorityRow, IssuedRow, WrittenCrl } from '#electron/database/authority-tables'
import type { CertificateRow, IdentityRow } from '#electron/database/identity-rows'
import type { NewActivity } from '#shared/model/activity'
import { type Attempt, nothingSeen } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import { AuthorityId, HostId, IdentityId, ReportId, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import type { ProbeReport } from '#shared/model/probe'

export const sha256 = (text: string) => Sha256.parse(createHash('sha256').update(text).digest('hex'))

/** What a change writes into the activity, where a test does not look at it. */
export const activityLine: NewActivity = {
  at: '2026-01-01T00:00:00.000Z',
  kind: 'tested',
  about: 'Test',
  sentence: 'It ran.',
}

export function identityRow(name: string, changes: Partial<IdentityRow> = {}): IdentityRow {
  return {
    id: IdentityId.parse(randomUUID()),
    name,
    algorithm: 'RSA 2048',
    keyCode: KeyCode.parse('AAAA-BBBB-CCCC-DDDD'),
    keySha256: sha256(`key of ${name} ${randomUUID()}`),
    subject: null,
    alternativeNames: [],
    requestDer: new Uint8Array([1, 2, 3]),
    keyInVault: true,
    practice: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    certificate: null,
    chain: [],
    tags: [],
    note: '',
    namedIssuers: [],
    ...changes,
  }
}

export function certificateRow(name: string): CertificateRow {
  return {
    sha256: sha256(name),
    der: new TextEncoder().encode(name),
    issuer: `CN=Issuer of ${name}`,
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
  }
}

export function hostRow(hostname: string, changes: Partial<Host> = {}): Host {
  return {
    id: HostId.parse(randomUUID()),
    hostname,
    port: 443,
    path: '/',
    connectTo: null,
    pinnedKey: null,
    useProxy: true,
    group: null,
    name: null,
    tags: [],
    note: '',
    practice: false,
    identity: null,
    replacement: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastTestAt: null,
    lastTestGood: null,
    lastVerdict: null,
    lastSentence: null,
    ...changes,
  }
}

export const failedAttempt: Attempt = {
  outcome: { kind: 'failed', reason: 'connection-refused', detail: 'ECONNREFUSED', phase: 'connect', firstBytes: null },
  timings: { dns: 1, tcp: null, tls: null, firstByte: null, total: 2 },
  tls: null,
  access: nothingSeen,
  proxy: null,
  askedForHttp1: false,
  answeredAt: null,
}

export function reportRow(host: Host, changes: Partial<ProbeReport> = {}): ProbeReport {
  return {
    format: 2,
    id: ReportId.parse(randomUUID()),
    host: host.id,
    identity: null,
    identityName: null,
    address: `https://${host.hostname}/`,
    mode: 'direct',
    startedAt: '2026-02-01T00:00:00.000Z',
    without: failedAttempt,
    with: null,
    notTried: 'none-chosen',
    ownIssuers: [],
    verdict: { kind: 'unreachable', tone: 'bad', sentence: 'Nobody answered.', explanation: 'Nothing listens there.' },
    findings: [],
    rootsFrom: 'tests',
    unusedProxy: null,
    ...changes,
  }
}

export function authorityRow(name: string, changes: Partial<AuthorityRow> = {}): AuthorityRow {
  return {
    id: AuthorityId.parse(randomUUID()),
    name,
    nameKey: sha256(name),
    sha256: sha256(`certificate of ${name} ${randomUUID()}`),
    der: new TextEncoder().encode(name),
    parent: null,
    issuers: [],
    isRoot: true,
    algorithm: 'RSA 4096',
    keyCode: KeyCode.parse('AAAA-BBBB-CCCC-DDDD'),
    keySha256: sha256(`key of ${name} ${randomUUID()}`),
    hasKey: true,
    imported: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2036-01-01T00:00:00.000Z',
    successor: null,
    ...changes,
  }
}

/** The number makes name, serial and dates. */
export function issuedRow(authority: AuthorityId, number: number, changes: Partial<IssuedRow> = {}) {
  const digest = sha256(`issued ${number} ${authority}`)
  const at = (days: number) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString()
  return {
    sha256: digest,
    authority,
    serial: digest.slice(0, 32).toUpperCase().match(/../gu)?.join(':') ?? '',
    commonName: `User ${number}`,
    subject: `CN=User ${number}, O=Acme`,
    keyCode: KeyCode.parse('AAAA-BBBB-CCCC-DDDD'),
    notBefore: at(number % 97),
    notAfter: at((number % 97) + 30 + (number % 61)),
    issuedAt: at(number % 89),
    issuedElsewhere: false,
    keyMadeByIssuer: false,
    revokedAt: null,
    reason: null,
    der: new TextEncoder().encode(`certificate ${number}`),
    ...changes,
  }
}

export const crlRow = (changes: Partial<WrittenCrl> = {}): WrittenCrl => ({
  number: 1n,
  thisUpdate: '2026-01-01T00:00:00.000Z',
  nextUpdate: '2026-02-01T00:00:00.000Z',
  follows: null,
  entries: 0,
  revocations: 0,
  listedAfterEnd: [],
  discardAfter: null,
  der: new Uint8Array([1, 2]),
  ...changes,
})
