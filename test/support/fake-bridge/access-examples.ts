import { AccessRollOver, type RollOverTest } from '#shared/model/access-roll-over'
import { AccessAnswer, AccessOverview, AccessPlanView, AccessRun } from '#shared/model/access-screen'
import { inDays, uuid } from './examples'

/** The account of the pictures in the interface's drafts: one cast, one replaced CA. */

const account = { id: 'acme', name: 'Acme' }
const g2 = { id: 'ca-g2', name: 'Acme Client CA G2', issuer: 'Acme Client CA', expiresOn: inDays(1820), state: 'valid' }
const old = {
  id: 'ca-2023',
  name: 'Acme Client CA 2023',
  issuer: null,
  expiresOn: inDays(24),
  state: 'expires-soon',
}
const test = (good: boolean, sentence: string, hoursAgo: number) => ({ at: inDays(-hoursAgo / 24), good, sentence })

type Row = [address: string, application: string | null, who: string, parts: object]
const rows: Row[] = [
  [
    'admin.acme.example',
    'Admin',
    'Certificate named Mira Falk, Tomas Lind or one of 3 more',
    { forwarding: true, lastTest: test(true, 'Refused without your certificate, let in with it.', 0.03) },
  ],
  [
    'builds.acme.example',
    'Builds',
    'Certificate whose name is in the group Build agents (12 names)',
    { lastTest: test(true, 'Refused without your certificate, let in with it.', 1) },
  ],
  [
    'files.acme.example',
    'Files',
    'Everyone, with or without a certificate (Bypass)',
    { isOpen: true, changes: ['policy-added'], lastTest: test(false, 'Open to everyone.', 1) },
  ],
  ['grafana.acme.example', 'Grafana', 'Any valid certificate', { forwarding: true }],
  [
    'status.acme.example',
    null,
    'Everyone. A certificate is asked for, but no rule checks it',
    { isOpen: true, changes: ['application-gone'], problems: ['no-application'] },
  ],
  ['tickets.acme.example', 'Tickets', 'Any @acme.example login. No certificate needed', { cas: [], forwarding: null }],
  [
    'wiki.acme.example',
    'Wiki',
    'Any @acme.example login, or any valid certificate',
    {
      cas: [old],
      changes: ['ca-changed'],
      problems: ['ca-expires-soon'],
      lastTest: test(false, 'A login is next.', 1),
    },
  ],
  [
    'wiki.acme.example/admin',
    'Wiki admin',
    'Certificate named Tomas Lind or Priya Rao',
    { cas: [old], problems: ['ca-expires-soon'] },
  ],
]

const rowOf = ([address, application, who, parts]: Row) => {
  const [hostname = '', ...path] = address.split('/')
  return {
    hostname,
    path: path.length === 0 ? '' : `/${path.join('/')}`,
    application:
      application === null ? null : { id: `app-${application.replace(' ', '-').toLowerCase()}`, name: application },
    isOpen: false,
    who,
    cas: [g2],
    forwarding: false,
    lastTest: null,
    problems: [],
    changes: [],
    ...parts,
  }
}

const policy = (id: string, name: string, words: string, usedBy: string[]) => ({
  id,
  name,
  decision: words.startsWith('Bypass') ? 'bypass' : words.startsWith('Allow') ? 'allow' : 'non_identity',
  words,
  isReusable: true,
  usedBy,
})
const policies = [
  policy('admins', 'Admins by certificate', 'Service Auth: Certificate named Tomas Lind or Priya Rao', ['Wiki admin']),
  policy('holders', 'Holders', 'Service Auth: Any valid certificate', ['Grafana', 'Wiki']),
  policy('staff', 'Staff login', 'Allow: Any @acme.example login', ['Tickets', 'Wiki']),
  policy('open', 'Public files', 'Bypass: Everyone', ['Files']),
]

export const accessOverview = (isMany: boolean) =>
  AccessOverview.parse({
    account,
    readAt: new Date().toISOString(),
    rows: [
      ...rows,
      ...(isMany
        ? Array.from(
            { length: 900 },
            (_, index): Row => [`host-${index}.acme.example`, `Host ${index}`, 'Any valid certificate', {}],
          )
        : []),
    ].map(rowOf),
    cas: [
      { ...g2, fingerprint: 'a'.repeat(32), hostnames: rows.slice(0, 5).map(([address]) => address) },
      { ...old, fingerprint: 'b'.repeat(32), hostnames: ['wiki.acme.example'] },
    ],
    applications: rows.flatMap(([address, name]) =>
      name === null
        ? []
        : [
            {
              id: `app-${name.replace(' ', '-').toLowerCase()}`,
              name,
              addresses: [address],
              policies: policies
                .filter(({ usedBy }) => usedBy.includes(name))
                .map(({ isReusable: _isReusable, usedBy: _usedBy, ...line }) => line),
            },
          ],
    ),
    policies,
    groups: [
      { id: 'agents', name: 'Build agents', words: 'Certificate named agent-01, agent-02 or one of 10 more' },
      { id: 'blocked', name: 'Latchkey: blocked certificates', words: 'Certificate named Jonas Brandt' },
    ],
    alerting: {
      alerts: [
        {
          id: 'alert-ca',
          name: 'Access mTLS certificates expire',
          isEnabled: true,
          destinations: { emails: ['pki@acme.example', 'priya@acme.example'], webhooks: [], pagerduty: [] },
          words: 'to pki@acme.example and priya@acme.example',
        },
        {
          id: 'alert-chat',
          name: 'Chat',
          isEnabled: false,
          destinations: { emails: [], webhooks: ['hook-1'], pagerduty: [] },
          words: 'to the webhook Team chat',
        },
      ],
      obstacle: null,
      webhooks: [
        { id: 'hook-1', name: 'Team chat' },
        { id: 'hook-2', name: 'Status page' },
      ],
      pagerduty: [{ id: 'pager-1', name: 'On call' }],
    },
    unread: [],
    drift: {
      since: inDays(-4),
      changes: [
        {
          what: 'application',
          id: 'app-files',
          name: 'Files',
          change: 'changed',
          fields: ['policies'],
          before: 'Staff login',
          after: 'Staff login, Public files',
          addresses: ['files.acme.example'],
        },
        {
          what: 'application',
          id: 'app-status',
          name: 'Status',
          change: 'removed',
          fields: [],
          before: 'Holders',
          after: null,
          addresses: ['status.acme.example'],
        },
        {
          what: 'CA',
          id: 'ca-2023',
          name: 'Acme Client CA 2023',
          change: 'changed',
          fields: ['hostnames'],
          before: 'no hostnames',
          after: 'wiki.acme.example',
          addresses: ['wiki.acme.example'],
        },
      ],
      notCompared: [],
    },
  })

const step = (title: string, detail: string, parts: object = {}) => ({
  place: 'cloudflare',
  title,
  detail,
  warnings: [],
  confirm: [],
  call: {
    method: 'PUT',
    path: '/accounts/acme/access/certificates/ca-g2',
    body: { associated_hostnames: ['wiki.acme.example'] },
  },
  ...parts,
})
const visitor = (name: string | null, issuer: string | null, before: string, after: string) => ({
  hostname: 'wiki.acme.example',
  path: '/',
  visitor: {
    certificate:
      issuer === null
        ? null
        : {
            commonName: name,
            issuerName: issuer,
            notBefore: inDays(0),
            notAfter: inDays(1),
            issuers: [],
            reachesRoot: true,
            isForClients: true,
          },
    serviceToken: null,
  },
  before: outlook(before),
  after: outlook(after),
})
const outlook = (verdict: string) => ({ verdict, dependsOn: verdict === 'depends' ? ['login'] : [] })

export const accessPlan = (title = 'Move wiki.acme.example to Acme Client CA G2') =>
  AccessPlanView.parse({
    id: uuid(),
    title,
    account,
    readAt: new Date().toISOString(),
    lines: [
      step('Save a backup of everything that was read', 'On this computer, before the first change', {
        place: 'here',
        call: null,
      }),
      step(
        'Add wiki.acme.example to the CA Acme Client CA G2',
        'Its 5 other hostnames stay. Waits until Access reports it.',
        {
          warnings: ['Acme Client CA G2 and Acme Client CA 2023 can each issue any name for wiki.acme.example.'],
        },
      ),
      step(
        'Create the policy Wiki by certificate',
        'Service Auth. Certificate named Mira Falk, Tomas Lind or Priya Rao.',
      ),
      step('Attach Wiki by certificate to the application Wiki', 'The order of the other policies stays.'),
      step('Test wiki.acme.example with a certificate from each CA', 'Stops here unless each of them is let in.', {
        place: 'here',
        call: null,
      }),
      step('Remove wiki.acme.example from the CA Acme Client CA 2023', 'Waits until Access reports it.', {
        warnings: ['Certificates from Acme Client CA 2023 stop working on wiki.acme.example.'],
        confirm: ['wiki.acme.example'],
      }),
    ],
    visitors: [
      visitor('Mira Falk', 'Acme Client CA G2', 'refused', 'let-in'),
      visitor('Tomas Lind', 'Acme Client CA G2', 'refused', 'let-in'),
      visitor('Priya Rao', 'Acme Client CA G2', 'refused', 'let-in'),
      visitor('Jonas Brandt', 'Acme Client CA 2023', 'depends', 'refused'),
      visitor(null, 'Acme Client CA G2', 'refused', 'depends'),
      visitor(null, null, 'refused', 'refused'),
    ],
    losses: ['Jonas Brandt (Acme Client CA 2023) gets in to wiki.acme.example now and will not afterwards.'],
    notes: [],
    problems: [],
    canSave: true,
  })

export const accessRun = (parts: object = {}) => {
  const plan = accessPlan()
  const steps = plan.lines.slice(1).map(({ title }) => title)
  return AccessRun.parse({
    id: uuid(),
    title: plan.title,
    account,
    begunAt: inDays(-1),
    state: 'done',
    steps,
    done: steps.length,
    why: null,
    test: null,
    maySendAgain: false,
    backup: true,
    isRollOver: false,
    ...parts,
  })
}

const reason = (mark: string, title: string, detail: string) => ({ mark, title, detail })

export const accessAnswer = AccessAnswer.parse({
  readAt: new Date().toISOString(),
  hostname: 'wiki.acme.example',
  path: '/admin/users',
  name: 'Mira Falk',
  outlook: outlook('refused'),
  headline: 'Refused: no policy for /admin/users names “Mira Falk”',
  sentence: 'The certificate is valid, but the rules of Wiki admin do not include it.',
  reasons: [
    reason('passed', 'The certificate is valid', 'Issued by Acme Client CA G2. Expires 14 Mar 2027.'),
    reason(
      'passed',
      'Access accepts its issuer on this hostname',
      'wiki.acme.example is associated with Acme Client CA G2.',
    ),
    reason(
      'chosen',
      'The application Wiki admin decides',
      'It covers wiki.acme.example/admin. It wins over Wiki, which covers more. Those rules do not count here.',
    ),
    reason(
      'skipped',
      'Policy 1, Admins by certificate, does not match',
      'Service Auth. Certificate named Tomas Lind or Priya Rao. Yours is named Mira Falk.',
    ),
    reason('skipped', 'Policy 2, Nightly backup, does not match', 'Service Auth. Service token named wiki-backup.'),
    reason(
      'refused',
      'No policy lets this certificate in',
      'Access refuses what no policy allows. Wiki admin has no policy with a login.',
    ),
  ],
  advice: {
    words: 'To let Mira Falk in, add the name to Admins by certificate.',
    intent: { kind: 'add-name', policy: 'admins', name: 'Mira Falk' },
  },
  others: [
    { name: 'Tomas Lind', issuer: 'Acme Client CA G2', outlook: outlook('let-in'), words: 'Let in' },
    { name: 'Priya Rao', issuer: 'Acme Client CA G2', outlook: outlook('let-in'), words: 'Let in' },
    { name: 'No certificate', issuer: null, outlook: outlook('refused'), words: 'Refused' },
    { name: 'Token wiki-backup', issuer: null, outlook: outlook('let-in'), words: 'Let in' },
  ],
  paths: [
    { path: '/', application: 'Wiki', outlook: outlook('let-in'), words: 'Let in' },
    { path: '/admin', application: 'Wiki admin', outlook: outlook('refused'), words: 'Refused' },
    { path: '/public/*', application: 'Wiki', outlook: outlook('let-in'), words: 'Open to everyone' },
  ],
})

/** The older CA of the account on its way out, both beside each other by now. */
export const accessRollOver = (parts: object = {}) =>
  AccessRollOver.parse({
    readAt: new Date().toISOString(),
    old: { id: old.id, name: old.name },
    next: { id: g2.id, name: g2.name },
    hostnames: [{ hostname: 'wiki.acme.example', hasOld: true, hasNext: true }],
    step: 'move',
    waiting: null,
    tested: null,
    ...parts,
  })

export const rollOverTests: RollOverTest[] = [
  {
    hostname: 'wiki.acme.example',
    side: 'old',
    outcome: 'let-in',
    words: `wiki.acme.example: “Mira Falk” of “${old.name}” was let in. Refused without your certificate, let in with it.`,
  },
  {
    hostname: 'wiki.acme.example',
    side: 'next',
    outcome: 'not-tested',
    words: `wiki.acme.example: not tested with a certificate of “${g2.name}”, because none with its key is here.`,
  },
]
