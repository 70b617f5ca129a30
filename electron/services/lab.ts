import type { Database } from '#electron/database/database'
import type { LabDescription } from '#electron/lab/announcement'
import type { RunningLab, StartLab } from '#electron/lab/index'
import { certificatePem } from '#electron/pki/x509/pem'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import type { ImportOutcome } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import type { LabPolicy, LabState } from '#shared/model/lab'
import type { LabScenario } from '#shared/model/lab-scenario'
import type { Changed } from './changes'
import { untested } from './hosts'

export interface LabPorts {
  database: Database
  clock: Clock
  random: Random
  startLab: StartLab
  /** Where a running site is announced to other processes of the same person, and found by them. */
  announcement: {
    publish(description: LabDescription): Promise<void>
    withdraw(): Promise<void>
    read(): Promise<LabDescription | null>
  }
  /** The practice account of Access, in the same folder for every process. */
  account: { decides(): Promise<boolean>; clear(): Promise<void> }
  issueRemotely(lab: LabDescription, requestDer: Uint8Array): Promise<Uint8Array>
  /** Files what the practice CA issued exactly as if the person had dropped it. */
  importIssued(name: string, pem: string): Promise<ImportOutcome>
  changed: Changed
}

const defaultPolicy: LabPolicy = { action: 'service-auth', rule: { kind: 'valid-certificate' } }

/** The practice site as a screen or the CLI sees it. At most one runs in a process. */
export function createLabService(ports: LabPorts) {
  const { database, clock, random, changed } = ports
  let running: RunningLab | null = null
  let starting: Promise<RunningLab> | null = null
  let policy = defaultPolicy
  let scenario: LabScenario | null = null

  async function state(): Promise<LabState> {
    const host = await database.hosts.practice()
    return {
      running: running !== null,
      address: running === null ? null : `https://${running.hostname}:${running.port}/`,
      host: running === null ? null : (host?.id ?? null),
      policy,
      decidedByAccount: await ports.account.decides(),
      scenario,
      chain: running === null ? [] : running.clientChain.map(viewCertificate),
    }
  }

  async function start(): Promise<LabState> {
    if (running === null) {
      starting ??= ports.startLab()
      try {
        running = await starting
      } finally {
        starting = null
      }
      running.setPolicy(policy)
      await running.use(scenario)
      await listPracticeHost(running)
      await ports.announcement.publish(describe(running))
      changed('lab', 'hosts')
    }
    return state()
  }

  /** One row for the practice site, whatever port it got this time. */
  async function listPracticeHost(lab: RunningLab): Promise<void> {
    const fields = {
      hostname: lab.hostname,
      port: lab.port,
      path: '/',
      connectTo: { address: '127.0.0.1', port: lab.port },
      pinnedKey: null,
      useProxy: false,
      group: null,
      name: null,
      tags: [],
      note: '',
    }
    const known = await database.hosts.practice()
    if (known !== null && (await database.hosts.change(known.id, fields)) !== null) return
    await database.hosts.insert({ ...fields, ...untested(random, clock), practice: true })
  }

  /** Asks nothing of the database: a damaged one must not keep the site from ending with the app. */
  async function end(): Promise<void> {
    const lab = running
    running = null
    if (lab === null) return
    try {
      await ports.announcement.withdraw()
    } finally {
      await lab.stop()
    }
  }

  async function stop(): Promise<LabState> {
    await end()
    changed('lab')
    return state()
  }

  async function setPolicy(next: LabPolicy): Promise<LabState> {
    policy = next
    running?.setPolicy(next)
    changed('lab')
    return state()
  }

  async function emptyAccount(): Promise<LabState> {
    await ports.account.clear()
    changed('lab')
    return state()
  }

  /** Breaks the site on purpose, also before it runs; null mends it. */
  async function setScenario(next: LabScenario | null): Promise<LabState> {
    scenario = next
    await running?.use(next)
    changed('lab')
    return state()
  }

  function current(): RunningLab {
    if (running === null) throw new AppError('lab-not-running')
    return running
  }

  async function issue(identity: IdentityId): Promise<ImportOutcome> {
    const row = await database.identities.get(identity)
    if (row === null || row.requestDer === null) throw new AppError('not-found', 'There is no request to sign.')
    const outcome = await ports.importIssued('client.pem', await issueForRequest(row.requestDer))
    const sentence = 'The practice CA signed this request.'
    const at = clock.now().toISOString()
    await database.activity.append({ at, kind: 'practice-issued', about: row.name, sentence, thing: { identity } })
    changed('activity')
    return outcome
  }

  /** The site of this process or of another one signs; certificate and chain come back as PEM. */
  async function issueForRequest(requestDer: Uint8Array): Promise<string> {
    if (running !== null) return [await running.issue(requestDer), ...running.clientChain].map(certificatePem).join('')
    const elsewhere = await ports.announcement.read()
    if (elsewhere === null) throw new AppError('lab-not-running')
    return certificatePem(await ports.issueRemotely(elsewhere, requestDer)) + elsewhere.clientChain.join('')
  }

  /** Our own running site, or the one another process announced: what a test needs to know of its server. */
  async function known(): Promise<Pick<
    LabDescription,
    'serverRootPem' | 'serverKeySha256' | 'issuer' | 'jwks'
  > | null> {
    return running === null ? ports.announcement.read() : describe(running)
  }

  return {
    state,
    start,
    stop,
    end,
    setPolicy,
    emptyAccount,
    setScenario,
    issue,
    issueForRequest,
    known,
    chainPem: () => current().clientChain.map(certificatePem).join(''),
  }
}

function describe(lab: RunningLab): LabDescription {
  const { hostname, port, issuePort, issuer, serverRootPem, serverKeySha256 } = lab
  const clientChain = lab.clientChain.map(certificatePem)
  return {
    processId: process.pid,
    hostname,
    port,
    issuePort,
    issuer,
    serverRootPem,
    serverKeySha256,
    clientChain,
    jwks: lab.jwks(),
  }
}

export type LabService = ReturnType<typeof createLabService>
