import type { Failure } from '#shared/ipc/contract'
import type { AppEvent } from '#shared/ipc/events'
import type { Activity, ActivityThing } from '#shared/model/activity'
import type { AppInfo } from '#shared/model/app'
import type { HomeState } from '#shared/model/home'
import type { Host } from '#shared/model/host'
import type { IdentityDetail } from '#shared/model/identity'
import { AuthorityId, StoreId } from '#shared/model/ids'
import { type Interrupted, InterruptedId } from '#shared/model/interrupted'
import type { LabState } from '#shared/model/lab'
import type { PolicyState } from '#shared/model/policy'
import type { ProbeReport } from '#shared/model/probe'
import { StoreState as StoreSchema, type StoreState } from '#shared/model/store'
import type { StoredCertificate } from '#shared/model/stored'
import type { LockAfter, UnrecordedKeys, VaultState } from '#shared/model/vault'
import type { WindowCommand } from '#shared/model/window-command'
import { storedExamples } from './areas/stored'
import { report } from './attempts'
import {
  digest,
  host,
  inDays,
  inOldFormat,
  inStoreOf,
  installOf,
  issue,
  renewing,
  settled,
  testOf,
  uuid,
  waitingIdentity,
} from './examples'

/** What the page's address asks for: `?scene=full`, `empty`, `many`, `new`, `locked`, `key-lost`, `no-tool`, `interrupted`,
 * `not-installed`, `damaged`, `no-backup`, `managed`, `policy-unusable`, `names`. */
export type Scene =
  | 'full'
  | 'empty'
  | 'many'
  | 'new'
  | 'locked'
  | 'key-lost'
  | 'no-tool'
  | 'interrupted'
  | 'not-installed'
  | 'damaged'
  | 'no-backup'
  | 'managed'
  | 'policy-unusable'
  | 'names'

/** Everything the pretended main process knows. */
export interface World {
  scene: Scene
  info: AppInfo
  vault: VaultState
  lockAfter: LockAfter
  unrecorded: UnrecordedKeys
  identities: IdentityDetail[]
  hosts: Host[]
  reports: ProbeReport[]
  stores: StoreState[]
  lab: LabState
  activity: Activity[]
  interrupted: Interrupted[]
  stored: StoredCertificate[]
  home: HomeState
  policy: PolicyState
  /** What the menu or the system asks of the window; `send({ type: 'command' })` tells it. */
  commands: WindowCommand[]
  send(event: AppEvent): void
}

export class Refused extends Error {
  readonly failure: Failure
  constructor(code: Failure['code'], message: string, detail: string | null = null, done: string | null = null) {
    super(message)
    this.failure = { code, message, detail, ...(done === null ? {} : { done }) }
  }
}

const unlocked: VaultState = {
  state: 'unlocked',
  lockedOnPurpose: false,
  keptIn: 'GNOME Keyring',
  keyring: 'usable',
  keyringProblem: null,
  hasPassphrase: false,
  sealedFiles: 4,
}
const vaults: Partial<Record<Scene, VaultState>> = {
  new: {
    ...unlocked,
    state: 'new',
    keptIn: 'passphrase',
    keyring: 'unavailable',
    keyringProblem: 'No secret service answers on this desktop.',
    sealedFiles: 0,
  },
  locked: {
    ...unlocked,
    state: 'locked',
    keptIn: 'passphrase',
    keyring: 'unavailable',
    keyringProblem: 'No secret service answers on this desktop.',
    hasPassphrase: true,
  },
  'key-lost': { ...unlocked, state: 'key-lost', hasPassphrase: true },
}

const policies: Partial<Record<Scene, PolicyState>> = {
  managed: {
    kind: 'set',
    from: '/etc/latchkey/policy.json',
    policy: {
      version: 1,
      hide: ['access', 'practice'],
      forbid: ['key-export', 'backup'],
      sites: ['https://admin.acme.dev/', 'https://grafana.acme.dev/'],
      issuers: ['Acme Client CA'],
      store: StoreId.parse('nss-user'),
      updates: 'off',
      setupKey: null,
    },
  },
  'policy-unusable': {
    kind: 'unusable',
    from: '/etc/latchkey/policy.json',
    why: 'It has a field that Latchkey does not know: forbidden.',
  },
}

const inFirefox = { store: StoreId.parse('firefox:ab12cd34.default'), storeName: 'Firefox (default)' }

export function createWorld(scene: Scene): World {
  const site = host('admin.acme.dev')
  const grafana = host('grafana.acme.dev')
  const builds = host('builds.acme.dev')
  const local = host('localhost', { port: 8443, path: '/dashboard', connectTo: { address: '127.0.0.1', port: 8443 } })
  const ada = issue(waitingIdentity('Ada Lovelace'), 'working', 'dddddd')
  const runner = issue(waitingIdentity('ada-ci-runner', 'EC P-256'), 'expiring', 'dddddd', 12)
  const laptop = waitingIdentity('Ada Lovelace (2027)')
  const fresh = issue(waitingIdentity('ada-tablet'), 'issued', 'dddnll')
  const refused = inOldFormat(issue(waitingIdentity('grafana-reader-with-a-rather-long-name'), 'refused', 'ddddwf'))
  const old = issue(waitingIdentity('old-laptop'), 'expired', 'dddddd', -20)
  const [requested, request] = renewing(
    issue(waitingIdentity('Mira Falk (admin)'), 'expiring', 'dddddd', 9),
    waitingIdentity('Mira Falk (admin)'),
  )
  const [replaced, replacing] = renewing(
    issue(waitingIdentity('Mira Falk'), 'expiring', 'dddddd', 20),
    issue(waitingIdentity('Mira Falk'), 'issued', 'dddnll'),
  )
  const full =
    scene === 'full' ||
    scene === 'many' ||
    scene === 'no-tool' ||
    scene === 'locked' ||
    scene === 'key-lost' ||
    scene === 'interrupted' ||
    scene === 'not-installed' ||
    scene === 'no-backup' ||
    scene === 'managed' ||
    scene === 'names' ||
    scene === 'policy-unusable'
  const kept = full
    ? [
        report('let-in', site, ada.summary, 'direct'),
        report('no-rule', grafana, ada.summary, 'direct'),
        report('expired', builds, old.summary, 'direct'),
        // While it was valid.
        ...[21, 24, 40].map((days) => ({
          ...report('let-in', builds, { ...old.summary, notAfter: inDays(1) }, 'direct'),
          startedAt: inDays(-days),
        })),
        { ...report('no-rule', grafana, refused.summary, 'direct'), startedAt: inDays(-1) },
        ...[runner, requested, replaced].map(({ summary }) => ({
          ...report('let-in', site, summary, 'direct'),
          startedAt: inDays(-2),
        })),
      ].filter(({ identity }) => scene !== 'no-backup' || identity === ada.summary.id)
    : []
  const sites = [site, grafana, builds]
  /** Each site’s last test with this certificate. */
  const testsWith = ({ summary: { id } }: IdentityDetail) =>
    sites.flatMap((at) => {
      const last = kept.find((one) => one.identity === id && one.host === at.id)
      return last === undefined ? [] : [testOf(at, last.id, last.verdict.tone === 'good', last.verdict.sentence)]
    })
  /** What a renewal left beside the present certificate, and what another program added. */
  const earlier = inStoreOf(ada.summary, { sha256: digest('earlier'), notAfter: inDays(20) })
  const foreign = inStoreOf(ada.summary, {
    sha256: digest('foreign'),
    name: 'ada@vpn',
    notAfter: inDays(9),
    recorded: false,
  })
  const everyone: IdentityDetail[] = [
    { ...ada, installs: [installOf(ada, { certificates: [inStoreOf(ada.summary), earlier, foreign] })] },
    { ...runner, installs: [installOf(runner)] },
    laptop,
    {
      ...fresh,
      installs: [
        installOf(fresh, {
          sha256: digest('before'),
          certificates: [inStoreOf(fresh.summary, { sha256: digest('before'), notAfter: inDays(3) })],
        }),
      ],
    },
    {
      ...refused,
      installs: [
        installOf(refused, {
          trust: {
            state: 'withheld',
            reason:
              'This certificate has the old X.509 v1 format: trusting it would let its key vouch for any website.',
          },
        }),
      ],
    },
    {
      ...old,
      installs: [
        installOf(old, {
          present: false,
          keyPresent: false,
          chainPresent: false,
          trust: { state: 'not-set', reason: null },
        }),
      ],
    },
    { ...requested, installs: [installOf(requested)] },
    request,
    { ...replaced, installs: [installOf(replaced), installOf(replaced, inFirefox)] },
    {
      ...replacing,
      renewal: {
        places: [
          { store: StoreId.parse('nss-user'), name: 'Chrome and Chromium', hasNew: false },
          { store: inFirefox.store, name: inFirefox.storeName, hasNew: false },
        ],
        sites: [{ host: site.id, address: 'https://admin.acme.dev/', worksWithOld: true, worksWithNew: null }],
      },
    },
  ]
  // Without a backup nothing expires, since that would come first.
  const identities = everyone
    .filter(
      ({ summary: { id } }) => full && (scene !== 'no-backup' || id === ada.summary.id || id === laptop.summary.id),
    )
    .map((detail) => settled({ ...detail, tests: testsWith(detail) }))
  if (scene === 'many')
    for (let index = 0; index < 1000; index += 1)
      identities.push(issue(waitingIdentity(`device-${index}`), 'issued', 'dddnll'))
  const grouped = ['Production', 'Monitoring', 'Production', 'Staging, with a rather long name for a group'].flatMap(
    (group, index) => ['api', 'wiki'].map((name) => ({ ...host(`${name}-${index}.acme.dev`), group })),
  )
  const tested = (at: Host, result: ProbeReport | undefined): Host =>
    result === undefined
      ? at
      : {
          ...at,
          identity: result.identity,
          lastTestAt: result.startedAt,
          lastTestGood: result.verdict.tone === 'good',
          lastVerdict: { kind: result.verdict.kind, tone: result.verdict.tone },
          lastSentence: result.verdict.sentence,
        }
  return {
    scene,
    info: {
      version: '0.1.0',
      electron: '25.1.1',
      chromium: '114.0.5735.106',
      node: '18.15.0',
      platform: 'linux',
      trialRuntime: true,
      hasLicences: true,
      hasCommandTool: true,
      dataFolder: '~/.config/Latchkey',
      browserModeProblem: null,
      fullName: 'Ada Lovelace',
    },
    lockAfter: 15,
    // The scene of an empty list is the one whose database is gone.
    unrecorded: {
      certificateKeys: scene === 'empty' ? 3 : 0,
      issuers:
        scene === 'empty'
          ? ['Acme Root CA', 'Acme Client CA'].map((name) => ({ id: AuthorityId.parse(uuid()), name }))
          : [],
    },
    vault: vaults[scene] ?? { ...unlocked, sealedFiles: identities.length },
    policy: policies[scene] ?? { kind: 'none' },
    identities,
    hosts: full
      ? [
          ...sites.map((at) =>
            tested(
              at,
              kept.find((one) => one.host === at.id),
            ),
          ),
          local,
          ...(scene === 'many' ? grouped : []),
        ]
      : [],
    reports: kept,
    stores: [
      StoreSchema.parse({
        id: 'nss-user',
        kind: 'nss',
        name: 'Chrome and Chromium',
        readBy: ['Chrome', 'Chromium', 'Edge', 'Brave'],
        present: true,
        writable: scene !== 'no-tool',
        problem: scene === 'no-tool' ? { code: 'store-tool-missing', remedy: 'sudo apt install libnss3-tools' } : null,
      }),
      StoreSchema.parse({
        id: 'firefox:ab12cd34.default',
        kind: 'nss',
        name: 'Firefox (default)',
        readBy: ['Firefox'],
        present: true,
        writable: true,
        problem: null,
      }),
    ],
    lab: {
      running: false,
      address: null,
      host: null,
      policy: { action: 'service-auth', rule: { kind: 'valid-certificate' } },
      decidedByAccount: scene === 'many',
      scenario: null,
      chain: [],
    },
    activity: full ? log(scene === 'many' ? 4000 : 24, { identity: ada.summary.id }, { host: site.id }) : [],
    stored: full ? storedExamples() : [],
    interrupted: scene === 'interrupted' ? interruptedExamples() : [],
    home: { openness: scene === 'interrupted' ? 'open' : 'closed', keepsModes: true },
    commands: [],
    send: () => undefined,
  }
}

const lines: [Activity['kind'], string, string][] = [
  ['tested', 'https://admin.acme.dev/', 'Refused without your certificate, let in with it.'],
  ['installed', 'Ada Lovelace', 'Installed in Chrome and Chromium.'],
  ['certificate-imported', 'Ada Lovelace', 'Issued by Acme Client CA.'],
  ['request-made', 'Ada Lovelace', 'A key (RSA 2048) and a request were made.'],
  ['practice-issued', 'Practice', 'The practice CA signed this request.'],
  ['removed', 'old-laptop', 'Removed from Firefox (default).'],
]
const log = (count: number, ada: ActivityThing, site: ActivityThing): Activity[] =>
  Array.from({ length: count }, (_, index) => {
    const [kind, about, sentence] = lines[index % lines.length] ?? ['recovered', '', '']
    const thing = about === 'Ada Lovelace' ? ada : kind === 'tested' ? site : null
    return {
      id: count - index,
      at: inDays(-index * 0.3),
      kind,
      about,
      sentence,
      thing,
      isGone: kind === 'practice-issued',
    }
  })

const interruptedExamples = (): Interrupted[] => {
  const entry = (number: number, changes: Partial<Interrupted>): Interrupted => ({
    id: InterruptedId.parse(String(number).padStart(16, '0')),
    kind: 'unknown',
    subject: null,
    place: null,
    startedAt: inDays(-number),
    reason: 'unsigned',
    ...changes,
  })
  return [
    entry(1, { kind: 'install', subject: 'Ada Lovelace', place: 'Chrome and Chromium' }),
    entry(2, { kind: 'remove', subject: 'old-laptop', place: 'Firefox (default)', reason: 'elsewhere' }),
    entry(3, { startedAt: null, reason: 'other-vault' }),
    entry(4, { kind: 'request', reason: 'vault-locked' }),
  ]
}
