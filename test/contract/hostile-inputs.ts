import type { Channel } from '#shared/ipc/channels'
import { hostileAuthorityInputs } from './hostile-authority-inputs'

const uuid = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const deep = JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) as unknown
const polluted = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}') as unknown

/** Refused by every channel that takes an object. */
export const neverAnObject: unknown[] = [
  null,
  0,
  1n,
  '',
  'identities',
  [],
  [uuid],
  true,
  Number.NaN,
  new Date(0),
  new Map([['identity', uuid]]),
  deep,
  polluted,
]

/** Refused by channels that take nothing at all. */
export const neverNothing: unknown[] = [...neverAnObject, {}, { identity: uuid }]

const badIds = [
  `${uuid.toUpperCase()} `,
  '../../etc/passwd',
  '',
  uuid.slice(1),
  `${uuid}'; DROP TABLE identities;--`,
  { toString: uuid },
  null,
  7,
]

const badPages: unknown[] = [
  { offset: -1 },
  { offset: 0.5 },
  { limit: 0 },
  { limit: 1_000_000 },
  { limit: '50' },
  { search: 'x'.repeat(201) },
  { search: null },
  { offset: Number.POSITIVE_INFINITY },
  { page: 1 },
]

const idRows = (key: string, extra: Record<string, unknown> = {}): unknown[] => [
  ...badIds.map((id) => ({ ...extra, [key]: id })),
  { ...extra },
  { ...extra, [key]: uuid, path: '/etc/passwd' },
]

const draft = { subject: { commonName: 'Ada' } }

/** For each channel what a hostile or broken page might send. The type makes a new channel without a row an error. */
export const hostileInputs: Record<Channel, unknown[]> = {
  'app.info': [],
  'app.copy': [{}, { text: 1 }, { text: 'x'.repeat(1_000_001) }, { text: 'x', html: '<b>' }],
  'app.openLink': [
    { link: 'https://evil.example' },
    { link: 'file:///etc/passwd' },
    { link: 'javascript:alert(1)' },
    {},
  ],
  'app.commands': [],
  'vault.state': [],
  'vault.unrecorded': [],
  'vault.unlock': [{}, { passphrase: '' }, { passphrase: 'x'.repeat(1025) }, { passphrase: ['a'] }],
  'vault.lock': [],
  'vault.create': [{}, { passphrase: '' }, { passphrase: null }, { passphrase: 'x'.repeat(1025) }],
  'vault.setPassphrase': [
    {},
    { current: null },
    { current: null, passphrase: '' },
    { current: null, passphrase: null },
    { current: null, passphrase: { length: 9 } },
    { passphrase: 'correct horse' },
    { current: '', passphrase: 'correct horse' },
    { current: 'x'.repeat(1025), passphrase: 'correct horse' },
  ],
  'vault.startAfresh': [{}, { confirm: true }, { confirm: 'Start afresh' }, { confirm: 'start afresh', force: true }],
  'identities.list': badPages,
  'identities.detail': idRows('identity'),
  'identities.verify': idRows('identity'),
  'identities.request': [
    ...badIds.map((job) => ({ draft, job })),
    { draft: { subject: { commonName: '' } }, job: uuid },
    { draft: { subject: { commonName: 'x'.repeat(65) } }, job: uuid },
    { draft: { subject: { commonName: 'Ada', country: 'Germany' } }, job: uuid },
    { draft: { ...draft, algorithm: 'rsa-1024' }, job: uuid },
    { draft: { ...draft, algorithm: 'ed25519' }, job: uuid },
    { draft: { ...draft, emails: ['not an address'] }, job: uuid },
    { draft: { ...draft, emails: Array.from({ length: 21 }, () => 'a@example.com') }, job: uuid },
    { draft: { ...draft, dnsNames: ['bad name'] }, job: uuid },
    { draft: { ...draft, dnsNames: ['-x.example'] }, job: uuid },
    { draft: { ...draft, pkcs8: new Uint8Array(1) }, job: uuid },
    { draft, job: uuid, keyPath: '/tmp/key' },
  ],
  'identities.import': [
    { sources: [], password: null },
    { sources: [], password: null, staged: null },
    { sources: 'all', password: null, staged: null, job: uuid },
    { sources: [{ kind: 'path', path: '/etc/shadow' }], password: null, staged: null, job: uuid },
    { sources: [{ kind: 'ticket', ticket: '/etc/shadow' }], password: null, staged: null, job: uuid },
    { sources: [{ kind: 'bytes', name: 'x', bytes: [1, 2, 3] }], password: null, staged: null, job: uuid },
    { sources: [{ kind: 'bytes', name: 'x', bytes: 'MII' }], password: null, staged: null, job: uuid },
    {
      sources: [{ kind: 'bytes', name: 'x'.repeat(256), bytes: new Uint8Array(1) }],
      password: null,
      staged: null,
      job: uuid,
    },
    {
      sources: [{ kind: 'bytes', name: 'x', bytes: new Uint8Array(16 * 1024 * 1024 + 2) }],
      password: null,
      staged: null,
      job: uuid,
    },
    {
      sources: Array.from({ length: 1001 }, () => ({ kind: 'ticket', ticket: uuid })),
      password: null,
      staged: null,
      job: uuid,
    },
    { sources: [], password: 'x'.repeat(1025), staged: null, job: uuid },
    { sources: [], password: null, staged: 'latest', job: uuid },
  ],
  'identities.message': idRows('identity'),
  'identities.mailRequest': idRows('identity'),
  'identities.saveRequest': idRows('identity'),
  'identities.dragRequest': idRows('identity'),
  'identities.export': [
    ...idRows('identity', { destination: 'curl', protection: { password: 'x', plain: false } }),
    ...[
      { destination: 'rot13' },
      { destination: 'curl', protection: null },
      { destination: 'curl', protection: { password: '', plain: false } },
      { destination: 'curl', protection: { password: 'x'.repeat(1025), plain: false } },
      { destination: 'curl', protection: { password: 'x', plain: 'yes' } },
      { destination: 'curl', protection: { password: 'x', plain: false }, path: '/etc/passwd' },
    ].map((choice) => ({ identity: uuid, protection: { password: 'x', plain: false }, ...choice })),
  ],
  'identities.delete': idRows('identity'),
  'files.choose': [],
  'installs.stores': [],
  'installs.install': [
    ...idRows('identity', { store: 'nss-user', trust: 'none' }),
    { identity: uuid, store: '../nss', trust: 'none' },
    { identity: uuid, store: 'sql:/root/.pki', trust: 'none' },
    { identity: uuid, store: '-d', trust: 'none' },
    { identity: uuid, store: 'nss-user', trust: 'C,C,C' },
    { identity: uuid, store: 'nss-user' },
  ],
  'installs.refresh': idRows('identity'),
  'installs.check': idRows('install'),
  'installs.remove': idRows('install'),
  'hosts.list': badPages,
  'hosts.save': [
    { id: null },
    { id: 'x', address: 'https://a.example' },
    { id: null, address: 'x'.repeat(4097) },
    { id: null, address: ['https://a.example'] },
    { id: null, address: 'https://a.example', connectTo: 'x'.repeat(301) },
    { id: null, address: 'https://a.example', pinnedKey: 'a'.repeat(64) },
    { id: null, address: 'https://a.example', practice: true },
  ],
  'hosts.pin': [
    ...idRows('host', { key: null }),
    { host: uuid, key: 'A'.repeat(64) },
    { host: uuid, key: 'a'.repeat(63) },
    { host: uuid, key: '' },
  ],
  'hosts.delete': idRows('host'),
  'connections.test': [
    ...idRows('host', { identity: null, mode: 'direct', job: uuid }),
    ...badIds.filter((id) => id !== null).map((identity) => ({ host: uuid, identity, mode: 'direct', job: uuid })),
    { host: uuid, identity: null, mode: 'socks', job: uuid },
    { host: uuid, identity: null, mode: 'direct' },
    { host: 'https://evil.example', identity: null, mode: 'direct', job: uuid },
  ],
  'connections.reports': [...badPages.map((page) => ({ host: null, page })), { host: 'x', page: {} }, { page: {} }],
  'connections.report': idRows('report'),
  'connections.cookie': [
    ...idRows('report', { side: 'with', name: 'CF_Authorization' }),
    { report: uuid, side: 'both', name: 'CF_Authorization' },
    { report: uuid, side: 'with', name: 'x'.repeat(257) },
    { report: uuid, side: 'with' },
  ],
  'connections.reportText': idRows('report'),
  'lab.state': [],
  'lab.start': [],
  'lab.stop': [],
  'lab.setPolicy': [
    {},
    { action: 'allow' },
    { action: 'root', rule: { kind: 'valid-certificate' } },
    { action: 'allow', rule: { kind: 'everyone' } },
    { action: 'allow', rule: { kind: 'common-name', commonNames: 'Ada' } },
    { action: 'allow', rule: { kind: 'common-name', commonNames: Array.from({ length: 51 }, () => 'x') } },
    { action: 'allow', rule: { kind: 'common-name', commonNames: ['x'.repeat(65)] } },
  ],
  'lab.issue': idRows('identity'),
  'lab.saveChain': [],
  'files.inspect': [
    {},
    { source: '/etc/passwd', password: null, job: uuid },
    { source: { kind: 'path', path: '/etc/shadow' }, password: null, job: uuid },
    { source: { kind: 'ticket', ticket: '/etc/shadow' }, password: null, job: uuid },
    { source: { kind: 'ticket', ticket: uuid }, password: 'x'.repeat(1025), job: uuid },
    { source: { kind: 'ticket', ticket: uuid }, password: null },
    ...badIds.map((job) => ({ source: { kind: 'ticket', ticket: uuid }, password: null, job })),
  ],
  'files.verify': [{}, { sources: [] }, { sources: ['/etc/passwd'], password: null }],
  ...hostileAuthorityInputs,
  'jobs.cancel': idRows('job'),
  'activity.list': badPages,
}
