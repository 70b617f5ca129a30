import type { accessRows } from '#shared/ipc/access-rows'

const uuid = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const badIds: unknown[] = ['', '../../etc/passwd', uuid.slice(1), null, 7, { toString: uuid }, [uuid]]
const badTokens: unknown[] = ['', null, 7, ['cfut_x'], 'x'.repeat(1001)]
/** The practice account takes none. */
const badWriteTokens = badTokens.filter((token) => token !== null)
const badJobs: unknown[] = ['x', null, 1]

/** `good` with one field after the other made bad, one left out, and one too many. */
const spoilt = (good: Record<string, unknown>, bad: Record<string, unknown[]>): unknown[] => [
  ...Object.entries(bad).flatMap(([key, values]) => values.map((value) => ({ ...good, [key]: value }))),
  ...Object.keys(good).map((left) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== left))),
  { ...good, path: '/etc/passwd' },
]

const ca = { kind: 'uploaded', ca: 'ca-1' }
const who = { kind: 'any-certificate' }
const badHostnames: unknown[] = [
  '',
  'ADMIN.example.com',
  '*.example.com',
  'a b',
  'https://a.example',
  null,
  'x.'.repeat(200),
]
const badCas: unknown[] = [
  null,
  {},
  { kind: 'issuer', issuer: '/etc/passwd' },
  { kind: 'uploaded', ca: '../accounts' },
  { kind: 'file', name: '', source: { kind: 'ticket', ticket: uuid } },
  { kind: 'file', name: 'New', source: { kind: 'path', path: '/etc/shadow' } },
  { kind: 'file', name: 'New', source: { kind: 'ticket', ticket: '/etc/shadow' } },
]
const badNames: unknown[] = [[], [''], 'Ada', [null], ['x'.repeat(351)]]
const good = { emails: ['pki@a.example'], webhooks: [], pagerduty: [] }
const badDestinations: unknown[] = [
  null,
  { ...good, emails: [] },
  { ...good, emails: ['pki'] },
  { ...good, emails: [`${'x'.repeat(300)}@a.example`] },
  { ...good, webhooks: ['../x'] },
  { ...good, pagerduty: [7] },
  { ...good, slack: ['x'] },
]
const badIntents: unknown[] = [
  null,
  'block',
  {},
  { kind: 'delete-everything' },
  { kind: 'block', names: [] },
  ...badNames.map((names) => ({ kind: 'block', names })),
  { kind: 'block', names: ['Ada'], token: 'x' },
  ...badCas.map((one) => ({ kind: 'add-ca', ca: one, hostnames: [] })),
  ...badHostnames.map((hostname) => ({ kind: 'add-ca', ca, hostnames: [hostname] })),
  ...badHostnames.map((hostname) => ({ kind: 'set-forwarding', hostname, isOn: true })),
  { kind: 'set-forwarding', hostname: 'a.example', isOn: 'yes' },
  ...badCas.map((one) => ({ kind: 'roll-over', old: 'ca-1', ca: one, stage: 'overlap' })),
  { kind: 'roll-over', old: '../x', ca, stage: 'overlap' },
  { kind: 'roll-over', old: 'ca-1', ca, stage: 'finish' },
  { kind: 'set-hostnames', ca: '../x', add: [], remove: [] },
  { kind: 'attach-policy', application: 'a/b', policy: 'p' },
  { kind: 'require-certificate', application: 'a', name: '', who, login: null },
  { kind: 'require-certificate', application: 'a', name: 'x', who, login: 'not a domain' },
  {
    kind: 'require-certificate',
    application: 'a',
    name: 'x',
    who: { kind: 'names', names: ['A', 'B'] },
    login: 'a.example',
  },
  { kind: 'add-name', policy: 'p/../q', name: 'Ada' },
  ...badDestinations.map((destinations) => ({ kind: 'add-alert', name: 'CA expiry', destinations })),
  { kind: 'add-alert', name: '', destinations: good },
  ...badDestinations.map((destinations) => ({ kind: 'set-alert', alert: 'a', isEnabled: true, destinations })),
  { kind: 'set-alert', alert: 'a/../b', isEnabled: true, destinations: good },
  { kind: 'set-alert', alert: 'a', isEnabled: 'yes', destinations: good },
  { kind: 'remove-alert', alert: '../policies' },
  { kind: 'file', source: { kind: 'path', path: '/etc/shadow' } },
  { kind: 'protect', hostname: 'a.example', path: 'admin', name: 'A', ca, who },
  { kind: 'protect', hostname: 'a.example', path: '/a?b', name: 'A', ca, who },
  { kind: 'protect', hostname: '*.example', path: '', name: 'A', ca, who },
]
const badVisitors: unknown[] = [
  null,
  'nobody',
  {},
  { kind: 'identity', identity: '../x' },
  { kind: 'issued', certificate: 'A'.repeat(64) },
  { kind: 'file', path: '/etc/passwd' },
  { kind: 'nobody', identity: uuid },
]

const draft = { address: 'a.example', name: '', ca: null, who: { kind: 'any-certificate', names: '' } }
const planned = { title: 'Protect a.example', hostname: 'a.example', path: '', issuer: null, name: null }

/** What a hostile or broken page might send to the channels of Access. */
export const hostileAccessInputs: Record<keyof typeof accessRows, unknown[]> = {
  'cloudflare.connection': [],
  'cloudflare.connect': spoilt(
    { token: 'cfut_x', account: null, keep: false, job: uuid },
    { token: badTokens, account: ['', 7, 'x'.repeat(201)], keep: ['no', null, 1], job: badJobs },
  ),
  'cloudflare.practise': spoilt({ isOn: true }, { isOn: ['yes', null, 1] }),
  'cloudflare.disconnect': [],
  'cloudflare.read': spoilt({ job: uuid }, { job: badJobs }),
  'cloudflare.overview': [],
  'cloudflare.acceptChanges': [],
  'cloudflare.explain': spoilt(
    { address: 'https://a.example', visitor: { kind: 'nobody' } },
    { address: ['', null, 7, 'x'.repeat(4097)], visitor: badVisitors },
  ),
  'cloudflare.plan': spoilt(
    { intent: { kind: 'block', names: ['Ada'] }, job: uuid },
    { intent: badIntents, job: badJobs },
  ),
  'cloudflare.planUndo': spoilt({ run: uuid, job: uuid }, { run: badIds, job: badJobs }),
  'cloudflare.savePlan': spoilt({ plan: uuid }, { plan: badIds }),
  'cloudflare.apply': spoilt(
    { plan: uuid, confirmed: [], token: 'cfut_x', keepToken: false, job: uuid },
    {
      plan: badIds,
      confirmed: ['all', null, [7], ['x'.repeat(401)]],
      token: badWriteTokens,
      keepToken: ['yes', null],
      job: badJobs,
    },
  ),
  'cloudflare.forgetWriteToken': [],
  'cloudflare.resume': spoilt(
    { run: uuid, token: 'cfut_x', keepToken: false, tested: false, sendAgain: false, job: uuid },
    {
      run: badIds,
      token: badWriteTokens,
      keepToken: [1],
      tested: ['yes', null],
      sendAgain: ['yes', null, 1],
      job: badJobs,
    },
  ),
  'cloudflare.protections': [],
  'cloudflare.saveProtection': spoilt(
    { account: 'practice', draft, planned },
    {
      account: ['', '../x', null, 7],
      draft: [
        null,
        {},
        { ...draft, address: null },
        { ...draft, address: 'x'.repeat(1201) },
        { ...draft, ca: { kind: 'file', name: 'New', source: { kind: 'path', path: '/etc/shadow' } } },
        { ...draft, ca: { kind: 'issuer', issuer: '/etc/passwd' } },
        { ...draft, who: { kind: 'names', names: ['Ada'] } },
        { ...draft, token: 'cfut_x' },
      ],
      planned: ['', {}, { ...planned, issuer: '../x' }, { ...planned, hostname: '' }, { ...planned, token: 'x' }],
    },
  ),
  'cloudflare.noteFirstCertificate': spoilt(
    { account: 'practice', commonName: 'Ada', identity: null },
    {
      account: ['', '../x', null],
      commonName: ['', null, 'x'.repeat(351)],
      identity: badIds.filter((id) => id !== null),
    },
  ),
  'cloudflare.forgetProtection': spoilt({ account: 'practice' }, { account: ['', '../x', null, 7] }),
  'cloudflare.runs': [],
  'cloudflare.rollOver': [],
  'cloudflare.testRollOver': spoilt({ job: uuid }, { job: badJobs }),
  'cloudflare.testAlert': spoilt(
    { alert: 'a', token: 'cfut_x', keepToken: false, job: uuid },
    { alert: ['', '../x', null, 7], token: badWriteTokens, keepToken: ['no'], job: badJobs },
  ),
}
