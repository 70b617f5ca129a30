import { join } from 'node:path'
import type { PracticeStore } from '#electron/cloudflare/practice/store'
import type { Database } from '#electron/database/database'
import type { Jobs } from '#electron/jobs/jobs'
import type { StartLab } from '#electron/lab/index'
import { describeCertificate } from '#electron/pki/describe/certificate'
import type { Clock } from '#electron/platform/clock'
import { type Log, recordBug } from '#electron/platform/log'
import { onFirstUse } from '#electron/platform/on-first-use'
import type { Preferences } from '#electron/platform/preferences'
import type { Random } from '#electron/platform/random'
import type { Probe } from '#electron/probe/probe'
import type { CertificateStore } from '#electron/stores/store'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import type { IdentityDetail } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import type { AppPreferences } from '#shared/model/preferences'
import { createActivity } from './activity'
import { createAlerts } from './alerts'
import { createAreas } from './areas'
import { createAuthorities } from './authorities'
import { createBackups } from './backup'
import { createBrowserPolicy } from './browser-policy'
import type { Changed } from './changes'
import { readIssuerCertificates, readLocalKnowledge } from './cloudflare/local-knowledge'
import type { CloudflarePorts } from './cloudflare/ports'
import type { AccessScreen } from './cloudflare/screen'
import { createStoredToken } from './cloudflare/stored-token'
import { type ConnectionsPorts, createConnections } from './connections'
import { createDiagnostics } from './diagnostics'
import { createFileServices } from './file-services'
import { createHome, type HomePorts } from './home'
import { createHosts } from './hosts'
import { createIdentities } from './identities'
import { createDeleter } from './identities/delete'
import { createInstalls } from './installs'
import { createInterrupted } from './interrupted'
import { createJournal, type JournalPorts } from './journal'
import { createLabService, type LabPorts, type LabService } from './lab'
import { createOperations } from './operations'
import type { PolicyService } from './policy'
import { addPresetSites, withPresetIssuers } from './policy-presets'
import { createPracticeIssuer } from './practice-issue'
import { createRenewal } from './renewal'
import { createSetupFiles, type SetupFilesPorts } from './setup-files'
import { createStoredCertificates } from './stored-certificates'
import { createVaultService } from './vault'
import { accessWithin, backupsWithin, issuersWithin, practiceWithin, setupFilesWithin } from './within-policy'

export interface ServicePorts {
  database: Database
  vault: Vault
  machineAccount: JournalPorts['machineAccount']
  home: HomePorts['folder']
  jobs: Jobs
  stores: CertificateStore[]
  startLab: StartLab
  announcement: LabPorts['announcement']
  preferences: Preferences<AppPreferences>
  issueRemotely: LabPorts['issueRemotely']
  proxyFor: ConnectionsPorts['proxyFor']
  openCloudflare: CloudflarePorts['openApi']
  practiceAccount: PracticeStore
  pinnedSetupKey: SetupFilesPorts['pinnedSetupKey']
  policy: PolicyService
  wait: CloudflarePorts['wait']
  /** In the window of a system that tells when its screen is locked. */
  staysUnlocked: boolean
  /** The probes need to know the running practice site; it belongs to these services. */
  probes(practice: LabService): { direct: Probe; browser: Probe | null; prepare(): Promise<void> }
  clock: Clock
  random: Random
  log: Log
  changed: Changed
}

/** The only place where services meet: each gets its ports as arguments, and the few calls across go through here. */
export function createServices(given: ServicePorts) {
  const stored = createStoredCertificates(given)
  const ports: ServicePorts = {
    ...given,
    database: withPresetIssuers(given.database, given.policy),
    changed(...topics) {
      if (topics.includes('installs')) stored.forget()
      given.changed(...topics)
    },
  }
  const { database, clock, random, log, changed, policy } = ports
  const journal = createJournal({ ...ports, keepsModes: ports.home.keepsModes })
  const operations = createOperations({ database, journal, clock, random, log, changed })
  const shared = { ...ports, operations }

  const identities = createIdentities(shared)
  const installs = createInstalls(shared)
  const deleting = createDeleter({ ...shared, removeInstalls: installs.removeAll })
  const authorities = createAuthorities({
    ...shared,
    describe: describeCertificate,
    importIssued: (name, pem) => identities.import([{ name, bytes: Buffer.from(pem) }], { origin: 'file' }),
  })

  const practiceAccount = async () => {
    const { readPracticeAccount } = await import('./cloudflare/practice-gate')
    return readPracticeAccount({ store: ports.practiceAccount, clock, random })
  }
  const lab = createLabService({
    ...ports,
    account: {
      decides: async () => (await practiceAccount()) !== null,
      clear: () => ports.practiceAccount.clear(),
    },
    importIssued: (name, pem) => identities.import([{ name, bytes: Buffer.from(pem) }], { origin: 'practice' }),
  })
  const practice = practiceWithin(policy, lab)
  const probes = ports.probes(lab)
  const accounts = onFirstUse(async () => {
    const { createLastReadings } = await import('./cloudflare/last-readings')
    const issuerCertificates = () => readIssuerCertificates(database)
    return { factsFor: createLastReadings({ database, clock, issuerCertificates, practice: practiceAccount }) }
  })
  const connections = createConnections({
    ...ports,
    ...probes,
    practiceServer: lab.known,
    accountFor: accounts.factsFor,
  })

  const renewal = createRenewal({
    ...ports,
    detail: identities.detail,
    refresh: installs.refresh,
    install: installs.install,
    test: connections.test,
    hasBrowser: probes.browser !== null,
    removeEarlier: installs.removeEarlier,
    delete: deleting.delete,
  })

  const hosts = createHosts(ports)
  const cloudflareToken = createStoredToken(ports)
  /** DER. What was uploaded to the practice account is known as well. */
  async function knownIssuers(isPractice: boolean): Promise<Uint8Array[]> {
    const known = await readIssuerCertificates(database)
    if (!isPractice) return known
    const { uploadedCertificates } = await import('#electron/cloudflare/practice/state')
    return [...known, ...uploadedCertificates(await ports.practiceAccount.read())]
  }
  let screen: Promise<AccessScreen> | null = null
  /** Loaded on first use: few people administer Access. */
  async function openAccessScreen(): Promise<AccessScreen> {
    const { createAccessScreen } = await import('./cloudflare/screen')
    return createAccessScreen({
      ...ports,
      cloudflare,
      folder: join(ports.home.path, 'access'),
      local: (isPractice) => readLocalKnowledge(database, isPractice),
      issuerCertificates: knownIssuers,
      identityPem: async (id) => pemsOf(await identities.detail(id)),
      issuedPem: async (sha256) => (await authorities.issuedFile([sha256])).pem,
      issuerChain: authorities.chainFile,
      certificatesIn: (given) => fileServices.certificatesIn(given, null),
    })
  }
  const diagnostics = createDiagnostics({
    policy: policy.state,
    vault: ports.vault,
    stores: installs.stores,
    async count() {
      const first = { offset: 0, limit: 1, search: '' }
      const [{ total: certificates }, { total: sites }, issuers] = await Promise.all([
        identities.list(first),
        hosts.list(first),
        authorities.list(),
      ])
      return { certificates, sites, issuers: issuers.length }
    },
  })

  const fileServices = createFileServices({
    ...ports,
    direct: probes.direct,
    prepare: probes.prepare,
    onBug: (error) => recordBug(log, error, { operation: 'inspect' }),
  })
  const vault = createVaultService({
    ...shared,
    unlocked: operations.recover,
    forgetSecrets() {
      identities.forgetStaged()
      authorities.forgetKey()
      connections.forgetCookies()
      void screen?.then((one) => one.forget())
    },
  })
  const cloudflare = onFirstUse(async () => {
    const [{ createCloudflare }, { createCaTester }, { createPracticeApi }] = await Promise.all([
      import('./cloudflare'),
      import('./cloudflare/ca-test'),
      import('#electron/cloudflare/practice/api'),
    ])
    return createCloudflare({
      ...ports,
      openApi: ports.openCloudflare,
      async openPractice({ signal }) {
        policy.require('practice')
        return createPracticeApi({ store: ports.practiceAccount, clock, random, signal })
      },
      local: (isPractice) => readLocalKnowledge(database, isPractice),
      issuerCertificates: knownIssuers,
      stored: cloudflareToken,
      looks: database.accessLooks,
      readings: database.accessReadings,
      testCa: createCaTester({
        ...ports,
        unlock: async () => (await vault.unlock(null)).state === 'unlocked',
        run: fileServices.fileTest.run,
        practiceRoot: async () => (await lab.known())?.serverRootPem ?? null,
      }),
    })
  })

  return {
    vault,
    identities,
    renewal,
    authorities: issuersWithin(policy, authorities),
    installs,
    interrupted: createInterrupted({ ...shared, journal }),
    home: createHome({ ...shared, folder: ports.home }),
    hosts,
    backups: backupsWithin(policy, createBackups(shared)),
    setupFiles: setupFilesWithin(
      policy,
      createSetupFiles({
        ...ports,
        exclusively: operations.exclusively,
        hosts,
      }),
    ),
    diagnostics,
    browserPolicy: createBrowserPolicy({ detail: identities.detail, site: hosts.get, random }),
    connections,
    siteCheck: onFirstUse(async () =>
      (await import('./site-check')).createSiteCheck({ ...ports, ...probes, practiceServer: lab.known }),
    ),
    lab: practice,
    policy,
    activity: createActivity(ports),
    areas: createAreas({ ...ports, hasCloudflareToken: cloudflareToken.exists }),
    alerts: createAlerts({ database, clock, issuers: authorities.list, stored }),
    stored,
    ...fileServices,
    cloudflare: accessWithin(policy, cloudflare),
    /** Errors: `managed`, `policy-unusable`. */
    async accessScreen(): Promise<AccessScreen> {
      policy.require('access')
      screen ??= openAccessScreen()
      return await screen
    },
    issueForFile: createPracticeIssuer(ports.jobs, practice.issueForRequest),
    deleteIdentity: (id: IdentityId) => deleting.delete(id),
    /** Finishes or takes back what an earlier process left half-way. Called once at start. */
    recover: operations.recover,
    /** Called once at start. */
    addPresetSites: () => addPresetSites(policy, hosts, operations.whenIdle),
    async close(): Promise<void> {
      authorities.forgetKey()
      await lab.end()
      await ports.jobs.close()
      await database.close()
    },
  }
}

/** Its certificate first, then what is above it. */
function pemsOf({ certificate, chain }: IdentityDetail): string {
  if (certificate === null) throw new AppError('not-found', 'There is no certificate yet, only its request.')
  return [certificate, ...chain].map(({ pem }) => pem).join('')
}

export type Services = ReturnType<typeof createServices>
