import type { authorityRows } from '#shared/ipc/authority-rows'

const uuid = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const sha256 = 'a'.repeat(64)
const passphrase = 'correct horse'

const badAuthorities: unknown[] = [
  ...['', '../../etc/passwd', uuid.slice(1), `${uuid}'; DROP TABLE authorities;--`, null, 7, { toString: uuid }],
  [uuid],
].map((authority) => ({ authority }))
const badCertificates = ['', 'A'.repeat(64), 'a'.repeat(63), `${sha256}\n`, '../vault', null, 1]
const badSelections: unknown[] = [
  [],
  sha256,
  null,
  Array.from({ length: 10_001 }, () => sha256),
  ...badCertificates.map((certificate) => [certificate]),
]
const badPassphrases: unknown[] = ['', 'x'.repeat(1025), null, ['a'], { length: 9 }, undefined]
const badPassphrasesAnywhere = badPassphrases.filter((passphrase) => passphrase !== null)
const badDays: unknown[] = [0, -1, 1.5, 36_501, '365', Number.NaN, Number.POSITIVE_INFINITY, null]
const badSources: unknown[] = [
  [],
  'all',
  [{ kind: 'path', path: '/etc/shadow' }],
  [{ kind: 'ticket', ticket: '/etc/shadow' }],
  [{ kind: 'bytes', name: 'x', bytes: 'MII' }],
  [{ kind: 'bytes', name: 'x'.repeat(256), bytes: new Uint8Array(1) }],
  Array.from({ length: 1001 }, () => ({ kind: 'ticket', ticket: uuid })),
]

/** `good` with one field after the other made bad, one left out, and one too many. */
const spoilt = (good: Record<string, unknown>, bad: Record<string, unknown[]>): unknown[] => [
  ...Object.entries(bad).flatMap(([key, values]) => values.map((value) => ({ ...good, [key]: value }))),
  ...Object.keys(good).map((left) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== left))),
  { ...good, path: '/etc/passwd' },
]
const over = (good: Record<string, unknown>, inputs: unknown[]) =>
  inputs.map((input) => ({ ...good, ...(input as Record<string, unknown>) }))

const subject = { commonName: 'Acme Root' }
const draft = { subject, days: 3650 }
const issuer = { authority: uuid, passphrase }
const badDrafts: unknown[] = [
  { ...draft, subject: { commonName: '' } },
  { ...draft, subject: { commonName: 'x'.repeat(65) } },
  { ...draft, algorithm: 'rsa-1024' },
  { ...draft, algorithm: 'ed25519' },
  { ...draft, pathLength: -1 },
  { ...draft, pathLength: 11 },
  { ...draft, pkcs8: new Uint8Array(1) },
  ...badDays.map((days) => ({ ...draft, days })),
]
const badIssuers: unknown[] = [undefined, uuid, { authority: uuid }, { passphrase }, { ...issuer, key: 'x' }]
const decided = { kind: 'decided', subject, emails: [], dnsNames: [] }
const requested = { kind: 'as-requested', withoutUnsupported: true }
const choice = { row: 0, names: decided, days: 365 }
const badChoices: unknown[] = [
  [],
  [{ ...choice, row: 0.5 }],
  ...[
    undefined,
    null,
    'as-requested',
    {},
    { ...decided, kind: 'proposed' },
    { ...decided, subject: undefined },
    { ...decided, subject: { commonName: '' } },
    { ...decided, subject: { commonName: 'x'.repeat(65) } },
    { ...decided, subject: { commonName: 'Ada\u202e' } },
    { ...decided, subject: { commonName: 'Ada', organization: 'Acme\u0000' } },
    { ...decided, subject: { commonName: 'Ada', country: 'Germany' } },
    { ...decided, subject: { commonName: 'Ada', uid: 'root' } },
    { ...decided, emails: ['not an address'] },
    { ...decided, dnsNames: ['-x.example'] },
    { ...decided, withoutUnsupported: true },
    { ...decided, request: new Uint8Array(1) },
    { kind: 'as-requested' },
    { ...requested, withoutUnsupported: 'yes' },
    { ...requested, subject },
    { ...requested, request: new Uint8Array(1) },
  ].map((names) => [{ ...choice, names }]),
  [{ row: 0, subject, days: 365 }],
  [{ ...choice, isAuthority: true }],
  [{ row: 0, days: 365 }],
  Array.from({ length: 10_001 }, () => choice),
  ...badDays.map((days) => [{ ...choice, days }]),
]

/** What a hostile or broken page might send to the administrator's channels. */
export const hostileAuthorityInputs: Record<keyof typeof authorityRows, unknown[]> = {
  'authorities.list': [{ search: 'x' }],
  'authorities.detail': [...badAuthorities, { authority: uuid, path: '/' }],
  'authorities.create': spoilt(
    { draft, passphrase, issuer: null, job: uuid },
    { draft: badDrafts, passphrase: badPassphrases, issuer: badIssuers, job: ['x', null] },
  ),
  'authorities.import': spoilt(
    { sources: [{ kind: 'ticket', ticket: uuid }], password: null, passphrase: null, job: uuid },
    { sources: badSources, password: [1, 'x'.repeat(1025)], passphrase: ['', 'x'.repeat(1025), 7], job: ['x', null] },
  ),
  'authorities.connect': spoilt(
    { address: 'https://signer.acme.dev', label: '', profile: 'client', authKey: null },
    {
      address: [null, 7, 'x'.repeat(2049)],
      label: [null, 'x'.repeat(257)],
      profile: [null, 'x'.repeat(257)],
      authKey: ['', 'a', 7, 'f'.repeat(1025)],
    },
  ),
  'authorities.settleLastCrl': spoilt(
    { authority: uuid, sources: null },
    { authority: ['Acme', null], sources: badSources },
  ),
  'authorities.setPassphrase': spoilt(
    { authority: uuid, current: passphrase, passphrase },
    { current: badPassphrases, passphrase: badPassphrases },
  ),
  'authorities.rebuild': spoilt(
    { authority: uuid, passphrase },
    { authority: ['Acme', null], passphrase: badPassphrases },
  ),
  'authorities.export': spoilt(
    { authority: uuid, passphrase, password: passphrase },
    { authority: ['Acme', null], passphrase: badPassphrases, password: badPassphrases },
  ),
  'authorities.archive': spoilt({ authority: uuid, archived: true }, { archived: ['yes', 1, null] }),
  'authorities.deletion': [...badAuthorities, { authority: uuid, name: 'Acme' }],
  'authorities.delete': spoilt(
    { authority: uuid, name: 'Acme' },
    { authority: ['Acme', null], name: ['', 7, null, 'x'.repeat(1025)] },
  ),
  'authorities.rollOver': spoilt(
    { authority: uuid, days: 30, passphrase, issuer: null, job: uuid },
    { days: badDays, passphrase: badPassphrases, issuer: badIssuers },
  ),
  'authorities.saveChain': [...badAuthorities, { authority: uuid, name: '/etc/passwd' }],
  'authorities.readRequests': spoilt(
    { authority: uuid, sources: [{ kind: 'ticket', ticket: uuid }], encoding: null, job: uuid },
    { sources: badSources, encoding: ['utf-7', 1], job: [null] },
  ),
  'authorities.issue': spoilt(
    { authority: uuid, passphrase, batch: uuid, choices: [choice], job: uuid },
    { passphrase: badPassphrasesAnywhere, batch: ['latest', null], choices: badChoices, job: [null] },
  ),
  'authorities.templates': [{ authority: uuid }],
  'authorities.saveTemplate': spoilt(
    { id: null, name: 'Staff', authority: null, days: 30, names: { subject: {} } },
    {
      id: ['Staff', 7],
      name: ['', ' ', 'x'.repeat(121), 'St\u0007aff', null],
      authority: ['Acme', 7],
      days: badDays,
      names: [
        null,
        {},
        { subject: { commonName: 'Ada' } },
        { subject: { commonName: '{name}\u202e' } },
        { subject: { country: 'Germany' } },
        { subject: { uid: 'root' } },
        { subject: {}, emails: [''] },
        { subject: {}, dnsNames: Array.from({ length: 21 }, () => '{name}.example') },
      ],
    },
  ),
  'authorities.deleteTemplate': spoilt({ template: uuid }, { template: ['Staff', null, 7] }),
  'authorities.unlock': spoilt(
    { authority: uuid, batch: uuid, passphrase },
    { authority: ['Acme', null], batch: ['latest', null], passphrase: badPassphrases },
  ),
  'authorities.unlocked': [{ authority: uuid }],
  'authorities.forgetKey': [{ authority: uuid }],
  'authorities.issueToIdentity': spoilt(
    { authority: uuid, identity: uuid, days: 30, passphrase },
    { identity: ['Ada', null], days: badDays, passphrase: badPassphrasesAnywhere },
  ),
  'authorities.keysForOthers': [{ allowed: true }],
  'authorities.allowKeysForOthers': spoilt({ allowed: true }, { allowed: ['yes', 1, null] }),
  'authorities.makeKeyForOther': spoilt(
    {
      authority: uuid,
      names: { subject, emails: [], dnsNames: [] },
      algorithm: 'p-256',
      days: 30,
      passphrase,
      job: uuid,
    },
    {
      names: [null, decided, { subject: { commonName: '' }, emails: [], dnsNames: [] }],
      algorithm: ['rsa-1024', null],
      days: badDays,
      passphrase: badPassphrases,
      job: ['x', null],
    },
  ),
  'authorities.namesake': spoilt(
    { commonName: 'Ada', keyCode: 'AAAA-BBBB-CCCC-DDDD' },
    { commonName: [null, 7, 'x'.repeat(65)], keyCode: ['', 'AAAA', null, "' OR 1=1 --"] },
  ),
  'authorities.issued': [
    {},
    { authority: 'all' },
    ...over({ authority: null }, [
      { offset: -1 },
      { limit: 0 },
      { limit: 1001 },
      { search: 'x'.repeat(201) },
      { search: null },
      { status: 'stolen' },
      { sort: 'name; DROP TABLE issued' },
      { descending: 'yes' },
      { page: 1 },
    ]),
  ],
  'authorities.issuedDetails': badCertificates.map((certificate) => ({ certificate })),
  'authorities.saveIssuedEach': [
    {},
    { certificates: [], job: uuid },
    { certificates: [sha256] },
    { certificates: [sha256], job: '../x' },
    { certificates: [sha256], job: uuid, folder: '/etc' },
  ],
  'authorities.mailIssued': [{}, { certificate: 'x' }, { certificate: sha256, to: 'ada@acme.dev' }],
  'authorities.saveIssued': [
    { certificates: [] },
    { certificates: sha256 },
    { certificates: Array.from({ length: 10_001 }, () => sha256) },
    ...badCertificates.map((certificate) => ({ certificates: [certificate] })),
  ],
  'authorities.renew': spoilt(
    { certificate: sha256, days: 30, passphrase },
    { certificate: badCertificates, days: badDays, passphrase: badPassphrases },
  ),
  'authorities.revoke': spoilt(
    { certificate: sha256, reason: 'superseded' },
    { certificate: badCertificates, reason: ['', 'remove-from-crl', 4, null] },
  ),
  'authorities.renewSeveral': spoilt(
    { certificates: [sha256], days: 30, passphrase, job: uuid },
    { certificates: badSelections, days: badDays, passphrase: badPassphrases, job: ['x', null] },
  ),
  'authorities.revokeSeveral': spoilt(
    { certificates: [sha256], reason: 'superseded' },
    { certificates: badSelections, reason: ['', 'remove-from-crl', 4, null] },
  ),
  'authorities.saveIssuedList': spoilt({ certificates: [sha256] }, { certificates: badSelections }),
  'authorities.readRevocable': spoilt(
    { authority: uuid, choice: { kind: 'serial', serial: '1A:2B' } },
    {
      authority: ['', 'Acme Root', null],
      choice: [
        null,
        '1A:2B',
        {},
        { kind: 'serial' },
        { kind: 'serial', serial: '' },
        { kind: 'serial', serial: 26 },
        { kind: 'serial', serial: '1'.repeat(201) },
        { kind: 'serial', serial: '1A', path: '/etc/shadow' },
        { kind: 'file', path: '/etc/shadow' },
        ...badSources.map((sources) => ({ kind: 'files', sources })),
      ],
    },
  ),
  'authorities.revokeOther': spoilt(
    { target: { kind: 'serial', authority: uuid, serial: '1A:2B' }, reason: 'superseded' },
    {
      target: [
        null,
        sha256,
        { kind: 'serial', serial: '1A:2B' },
        { kind: 'serial', authority: '../vault', serial: '1A:2B' },
        { kind: 'serial', authority: uuid, serial: ['1A'] },
        { kind: 'certificate', pem: '' },
        { kind: 'certificate', pem: new Uint8Array(1) },
        { kind: 'certificate', pem: 'x'.repeat(200_001) },
        { kind: 'certificate', pem: 'x', authority: uuid },
      ],
      reason: ['', 'remove-from-crl', 4, null],
    },
  ),
  'authorities.crl': spoilt(
    { authority: uuid, days: 30, lastCrl: null, passphrase },
    { days: badDays, lastCrl: ['', 'yes', true, ['published']], passphrase: badPassphrases },
  ),
  'authorities.saveCrl': spoilt({ authority: uuid, form: 'pem' }, { form: ['txt', 1, null] }),
}
