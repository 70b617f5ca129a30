import {
  type AuthoritySummary,
  type CfsslSigner,
  type IssuedCertificate,
  RequestPreview as PreviewSchema,
  type RequestBatch,
  type RequestPreview,
  AuthoritySummary as SummarySchema,
} from '#shared/model/authority'
import type { CertificateView } from '#shared/model/certificate'
import { type AuthorityId, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { certificate, digest, inDays, keyCode, uuid } from './examples'

/** One issuer of the story with everything it has signed. */
export interface PretendedAuthority {
  summary: AuthoritySummary
  view: CertificateView
  passphrase: string
  issued: IssuedCertificate[]
}

interface Example {
  parent?: PretendedAuthority
  algorithm?: string
  from?: number
  days?: number
  hasKey?: boolean
  signer?: CfsslSigner
  crl?: { number: number; since: number; days: number; entries: number } | null
  crlDue?: AuthoritySummary['crlDue']
  needsLastCrl?: boolean
  passphrase?: string
  archived?: boolean
}

export function authority(name: string, example: Example = {}): PretendedAuthority {
  const { parent, algorithm = 'RSA 4096', from = -40, days = 1825, hasKey = true, crl = null, signer = null } = example
  const issuer = parent?.view.subject ?? `CN=${name}, O=Acme`
  const view = certificate(name, {
    sha256: digest(`${name}${uuid()}`),
    isAuthority: true,
    selfSigned: parent === undefined,
    issuer,
    issuerCommonName: parent?.summary.name ?? name,
    notBefore: inDays(from),
    notAfter: inDays(from + days),
    publicKey: algorithm,
    keyUsage: ['certificate signing', 'CRL signing'],
    extendedKeyUsage: [],
    alternativeNames: [],
  })
  const summary = SummarySchema.parse({
    id: uuid(),
    name,
    parent: parent?.summary.id ?? null,
    isRoot: parent === undefined,
    algorithm,
    keyCode: view.keyCode,
    hasKey,
    signer,
    createdAt: inDays(from),
    notBefore: view.notBefore,
    notAfter: view.notAfter,
    sha256: view.sha256,
    issued: 0,
    revoked: 0,
    revocations: 0,
    successor: null,
    archivedAt: example.archived === true ? inDays(-60) : null,
    crl:
      crl === null
        ? null
        : {
            number: String(crl.number),
            thisUpdate: inDays(crl.since),
            nextUpdate: inDays(crl.since + crl.days),
            entries: crl.entries,
          },
    crlDue: example.crlDue ?? 'no',
    needsLastCrl: example.needsLastCrl ?? false,
  })
  return { summary, view, passphrase: example.passphrase ?? 'correct horse', issued: [] }
}

const people = ['Ada Lovelace', 'Grace Hopper', 'Katherine Johnson', 'Alan Turing', 'Barbara Liskov', 'Radia Perlman']
const places = ['laptop', 'tablet', 'build-server', 'phone', 'kiosk', 'workstation']

/** Without the slow digest: a hundred thousand of these have to be there at once. */
const hex = (index: number, length: number) => (index + 0x9e3779b1).toString(16).repeat(length).slice(-length)

/** Not parsed: what a screen asks for is parsed on its way to it. */
export function issuedExample(authorityId: AuthorityId, index: number): IssuedCertificate {
  const person = people[index % people.length] ?? ''
  const commonName = index < people.length ? person : `${person} ${places[(index >> 3) % places.length]} ${index}`
  const isRevoked = index % 37 === 5
  const ends = isRevoked ? 120 : ((index * 53) % 380) - 15
  const status = isRevoked ? 'revoked' : ends < 0 ? 'expired' : ends < 30 ? 'expiring' : 'valid'
  return {
    // Of two issuers, as no two certificates have the same.
    sha256: Sha256.parse(`${hex(index, 32)}${authorityId.replaceAll('-', '')}`),
    authority: authorityId,
    serial: hex(index * 7 + 11, 16),
    commonName,
    subject: `CN=${commonName}, O=Acme`,
    keyCode: KeyCode.parse(`K7QD-2M5A-XWPL-${['ABCD', 'EFGH', 'IJKL', 'MNOP'][index % 4]}`),
    notBefore: inDays(ends - 365),
    notAfter: inDays(ends),
    issuedAt: inDays(ends - 365),
    keyMadeByIssuer: index % 29 === 7,
    status,
    revokedAt: isRevoked ? inDays(-3) : null,
    reason: isRevoked ? 'key-compromise' : null,
  }
}

export function fillIssued(one: PretendedAuthority, count: number): void {
  one.issued = Array.from({ length: count }, (_, index) => issuedExample(one.summary.id, index))
  recount(one)
}

export function recount(one: PretendedAuthority): void {
  const revoked = one.issued.filter(({ status }) => status === 'revoked').length
  one.summary = { ...one.summary, issued: one.issued.length, revoked, revocations: revoked }
}

const subject = (commonName: string) => ({
  commonName,
  organization: 'Acme',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: 'GB',
})
const usual = [{ oid: '2.5.29.15', words: 'Key usage: Digital signature, Key encipherment', isIssued: false }]
const greedy = [{ oid: '2.5.29.19', words: 'To be an issuer (CA) itself', isIssued: false }, ...usual]

/** Names of requests that are out of the ordinary, by what the file is called. */
const oddities: [file: RegExp, Partial<RequestPreview['requested']>][] = [
  [/windows/u, { leftOut: ['User principal name (1.3.6.1.4.1.311.20.2.3): ada@corp.acme.dev'] }],
  [
    /two-names/u,
    {
      subject: 'CN=root-admin, CN=Ada Lovelace',
      commonName: 'root-admin',
      refusal: 'The subject has 2 Common Names (“Ada Lovelace”, “root-admin”), but a rule at Access checks only one.',
    },
  ],
  [
    /own-attribute/u,
    {
      subject: '1.2.3.4=E-1815 + CN=Ada Lovelace, O=Acme',
      notes: ['The subject has an unknown attribute: 1.2.3.4, “E-1815”.'],
    },
  ],
]

function previewOf(source: string, row: number): RequestPreview {
  const fromList = source.includes('.csv')
  const isGreedy = /ca-wish/u.test(source) || (fromList && row === 3)
  const person = isGreedy ? 'root-admin' : (people[row % people.length] ?? '')
  const [, odd = {}] = oddities.find(([file]) => file.test(source)) ?? []
  const names = { subject: subject(people[row % people.length] ?? ''), emails: ['ada@acme.dev'], dnsNames: [] }
  return PreviewSchema.parse({
    row,
    source,
    keyCode: keyCode(source),
    listedKeyCode: fromList ? keyCode(source) : null,
    publicKey: 'RSA 2048',
    requested: {
      subject: `CN=${person}`,
      commonName: person,
      alternatives: ['E-mail: ada@acme.dev'],
      leftOut: [],
      refusal: null,
      notes: [],
      ...odd,
    },
    listed: fromList ? names : null,
    form: { ...names, subject: { ...subject(person), organization: '' } },
    extensions: isGreedy ? greedy : usual,
    refusal: /weak/u.test(source) ? 'Its signature does not fit its key: the request was altered on its way.' : null,
  })
}

/** What reading one file gives: its name decides (`list.csv`, `ca-wish.csr`, `weak.csr`, `windows.csr`, …). */
export function previews(names: string[]): Pick<RequestBatch, 'rows' | 'listFaults' | 'unreadable' | 'ignored'> {
  const isBroken = (name: string) => /broken|\.txt$/u.test(name)
  const unreadable = names
    .filter(isBroken)
    .map((source) => ({ source, reason: 'There is no request (CSR) in this file.' }))
  const rows = names
    .filter((name) => !isBroken(name))
    .flatMap((name) => (name.endsWith('.csv') ? people.map((_, line) => `${name}, line ${line + 2}`) : [name]))
    .map(previewOf)
  const ignored = names.filter((name) => /uid.*\.csv$/u.test(name)).map((source) => ({ source, column: 'uid' }))
  return { rows, listFaults: [], unreadable, ignored }
}
