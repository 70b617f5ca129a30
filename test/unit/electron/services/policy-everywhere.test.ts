import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createPreferences } from '#electron/platform/preferences'
import type { PolicyService } from '#electron/services/policy'
import { createServices, type ServicePorts } from '#electron/services/services'
import { AppPreferences } from '#shared/model/preferences'
import { quickJobs } from '../../../support/authorities'
import { backupComputer } from '../../../support/backups'
import { temporaryFolder } from '../../../support/home'
import { policyWith, unusablePolicy } from '../../../support/policy'

const office = backupComputer(temporaryFolder())
afterAll(() => office.close())

function servicesUnder(policy: PolicyService) {
  const never = () => Promise.reject(new Error('was done'))
  return createServices({
    database: office.database,
    vault: office.vault,
    jobs: quickJobs(),
    stores: [],
    machineAccount: async () => 'machine',
    policy,
    pinnedSetupKey: never,
    openCloudflare: never,
    practiceAccount: { read: never, write: never, clear: never },
    wait: never,
    issueRemotely: never,
    proxyFor: never,
    home: { path: office.home, keepsModes: true, isOpen: false, closed: [], close: never },
    startLab: never,
    announcement: { read: async () => null, write: never, remove: never },
    preferences: createPreferences(join(office.home, 'preferences.json'), AppPreferences),
    probes: () => ({ direct: never, browser: null, prepare: never }),
    staysUnlocked: true,
    clock: { now: () => new Date() },
    random: { uuid: () => '', bytes: (length: number) => new Uint8Array(length) },
    log: { info() {}, warn() {}, error() {} },
    changed: () => undefined,
  } as unknown as ServicePorts)
}

type Services = ReturnType<typeof servicesUnder>

/** Everything that some policy switches off, by the service that does it: written once more, so that a rule that is lost is noticed. */
const methods: Record<string, [of: (services: Services) => object, names: string[]]> = {
  issuing: [
    ({ authorities }) => authorities,
    ['create rollOver import rebuild connect readRequests issue unlock issueToIdentity renew renewSeveral'].flatMap(
      (names) => names.split(' '),
    ),
  ],
  'the keys of issuers': [({ authorities }) => authorities, ['export']],
  'keys for other people': [({ authorities }) => authorities.keysForOthers, ['make']],
  'the care of issuers': [
    ({ authorities }) => authorities,
    ['settleLastCrl setPassphrase archive delete revoke revokeSeveral revokeOther writeCrl'].flatMap((names) =>
      names.split(' '),
    ),
  ],
  'the switch for keys of other people': [({ authorities }) => authorities.keysForOthers, ['allow']],
  templates: [({ authorities }) => authorities.templates, ['save', 'remove']],
  backups: [({ backups }) => backups, ['make']],
  'set-up files': [({ setupFiles }) => setupFiles, ['key', 'make', 'review', 'use']],
  Access: [
    ({ cloudflare }) => cloudflare,
    ['read status check explain plan openForChanges testCas alerting testAlert drift compare noteOwn login'].flatMap(
      (names) => names.split(' '),
    ),
  ],
  'the screen of Access': [(services) => services, ['accessScreen']],
  practice: [
    ({ lab }) => lab,
    ['start setPolicy emptyAccount setScenario issue issueForRequest'].flatMap((names) => names.split(' ')),
  ],
}

/** The code of the error with which each method ends, called with nothing to do. */
async function refusalsOf(services: Services, what: string): Promise<[string, unknown][]> {
  const [of, names] = methods[what] ?? [() => ({}), []]
  return Promise.all(
    names.map(async (name): Promise<[string, unknown]> => {
      const act: unknown = Reflect.get(of(services), name)
      if (typeof act !== 'function') return [name, 'is no method']
      try {
        await Reflect.apply(act, undefined, [])
        return [name, 'was done']
      } catch (error) {
        return [name, error instanceof Error && 'code' in error ? error.code : error]
      }
    }),
  )
}

const issuers = ['issuing', 'the keys of issuers', 'keys for other people']
const access = ['Access', 'the screen of Access']

describe.each<[string, PolicyService, 'managed' | 'policy-unusable', string[]]>([
  [
    'a policy that cannot be used',
    unusablePolicy,
    'policy-unusable',
    [...issuers, ...access, 'backups', 'set-up files'],
  ],
  [
    'hidden issuers',
    policyWith({ hide: ['issuers'] }),
    'managed',
    [...issuers, 'the care of issuers', 'the switch for keys of other people', 'templates'],
  ],
  ['hidden Access', policyWith({ hide: ['access'] }), 'managed', access],
  ['hidden practice', policyWith({ hide: ['practice'] }), 'managed', ['practice']],
  [
    'keys that must not leave',
    policyWith({ forbid: ['key-export'] }),
    'managed',
    ['the keys of issuers', 'keys for other people', 'backups'],
  ],
  ['forbidden backups', policyWith({ forbid: ['backup'] }), 'managed', ['backups']],
])('%s', (_, policy, code, closed) => {
  it.each(closed)('refuses every method of %s', async (what) => {
    const refused = await refusalsOf(servicesUnder(policy), what)
    expect(refused).toEqual(methods[what]?.[1].map((name) => [name, code]))
  })
})

it.each([unusablePolicy, policyWith({ forbid: ['key-export'] })])(
  'a key of somebody’s own stays, however it would be saved',
  async (policy) => {
    const { id } = await office.request('Ada')
    const { identities } = servicesUnder(policy)
    const protection = { plain: true, password: null }
    await expect(
      identities.export(id, { destination: 'pkcs8', protection }, async () => 'saved'),
    ).rejects.toMatchObject({
      code: policy === unusablePolicy ? 'policy-unusable' : 'managed',
    })
  },
)
