import { answerOf } from '#electron/cloudflare/explain/answer'
import { overviewOf } from '#electron/cloudflare/overview'
import { stateDigest } from '#electron/cloudflare/plan/digest'
import type { GivenCa } from '#electron/cloudflare/plan/intended-plan'
import { parseWish } from '#electron/cloudflare/plan/parse-wish'
import { visitorWith } from '#electron/cloudflare/visitor'
import type { JobOptions } from '#electron/jobs/jobs'
import { decodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { practiceTestAccepted, testAccepted } from '#shared/logic/access/alert-words'
import { parseAddress } from '#shared/logic/address'
import { DAY_MS } from '#shared/logic/day'
import { type AccessAlertId, isPracticeAccount } from '#shared/model/access-account'
import type { AccessIntent } from '#shared/model/access-intent'
import type {
  AccessAnswer,
  AccessOverview,
  AccessPlanId,
  AccessPlanView,
  VisitorChoice,
} from '#shared/model/access-screen'
import type { AccessWish } from '#shared/model/access-wish'
import {
  type AccessRunId,
  type AuthorityId,
  type IdentityId,
  type Instant,
  type Sha256,
  toInstant,
} from '#shared/model/ids'
import type { Cloudflare } from './index'
import { createPlans } from './plans'
import type { CloudflarePorts, DriftReading } from './ports'
import { progressOf } from './progress'
import { createProtections, type ProtectionPorts } from './protections'
import { createRollOver, type RollOverPorts } from './roll-over'
import { createRunFiles } from './run-files'
import { createRuns, type RunsPorts } from './runs'
import { createSession, type SessionPorts, type WritePermission } from './session'

export interface ScreenPorts extends Omit<RunsPorts, 'session' | 'plans' | 'files' | 'onBegin'> {
  cloudflare: RunsPorts['cloudflare'] & SessionPorts['cloudflare'] & Pick<Cloudflare, 'testAlert' | 'testCas'>
  database: RunsPorts['database'] & ProtectionPorts['database'] & RollOverPorts['database']
  /** Where the journals of plans are kept. */
  folder: string
  local: CloudflarePorts['local']
  issuerCertificates: CloudflarePorts['issuerCertificates']
  /** PEM of a certificate and what is above it. */
  identityPem(identity: IdentityId): Promise<string>
  issuedPem(certificate: Sha256): Promise<string>
  issuerChain(issuer: AuthorityId): Promise<{ name: string; pem: string }>
  /** The certificates (DER) in a file of any known kind. */
  certificatesIn(files: IncomingFile[]): Promise<Uint8Array[]>
}

/** How long a saved plan file is good for, unless the account changes first. */
const SAVED_PLAN_MS = 7 * DAY_MS

/** Access in the window: what is, who gets in, and what should be. Only `apply` and `resume` change anything at Cloudflare, and `testAlert` has a message sent. */
export function createAccessScreen(ports: ScreenPorts) {
  const { clock } = ports
  const session = createSession({ ...ports, noteOwn: ({ account }) => runs.noteWaiting(account) })
  const plans = createPlans(ports)
  const files = createRunFiles(ports.folder)
  const runs = createRuns({
    ...ports,
    session,
    plans,
    files,
    onBegin: (...begun) => protections.begin(...begun),
  })
  const protections = createProtections({
    ...ports,
    findRun: runs.find,
    account: () => session.reading()?.account.id ?? null,
  })
  const rollOver = createRollOver({ ...ports, session, files })

  function now(): Instant {
    const instant = toInstant(clock.now())
    if (instant === null) throw new Error('The clock has no time.')
    return instant
  }

  function reading(): DriftReading {
    const found = session.reading()
    if (found === null) throw new AppError('cloudflare-not-connected')
    return found
  }

  async function overview(): Promise<AccessOverview | null> {
    const found = session.reading()
    if (found === null) return null
    const { account, unread, since, drift, notCompared } = found
    return {
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      ...(await overviewOf(account, await ports.local(session.isPractising()), drift, now())),
      unread,
      drift: { since, changes: drift, notCompared },
    }
  }

  async function certificatesOf(choice: VisitorChoice): Promise<Uint8Array[] | null> {
    switch (choice.kind) {
      case 'nobody':
        return null
      case 'identity':
        return dersIn(await ports.identityPem(choice.identity))
      case 'issued':
        return dersIn(await ports.issuedPem(choice.certificate))
    }
  }

  async function explain(text: string, choice: VisitorChoice): Promise<AccessAnswer> {
    const parsed = parseAddress(text)
    if (!parsed.ok) throw new AppError('address-invalid', parsed.reason)
    const { account } = reading()
    const visitor = visitorWith(
      await certificatesOf(choice),
      await ports.issuerCertificates(session.isPractising()),
      clock.now(),
    )
    const address = { hostname: parsed.hostname, path: parsed.path.replace(/[?#].*$/u, '') }
    return answerOf(account, visitor, address, now())
  }

  /** The CA that an intent names, as PEM; null where it names none, or one that Access has. */
  async function caOf(intent: AccessIntent, file: IncomingFile | null): Promise<GivenCa> {
    if (!('ca' in intent) || typeof intent.ca === 'string') return null
    switch (intent.ca.kind) {
      case 'uploaded':
        return null
      case 'issuer':
        return ports.issuerChain(intent.ca.issuer)
      case 'file':
        return { name: intent.ca.name, pem: await pemOf(file) }
    }
  }

  /** As it is where it is PEM, because what must not be uploaded is recognised there. */
  async function pemOf(file: IncomingFile | null): Promise<string> {
    if (file === null) throw new AppError('invalid-input', 'no file')
    const text = Buffer.from(file.bytes).toString('latin1')
    return text.includes('-----BEGIN') ? text : (await ports.certificatesIn([file])).map(certificatePem).join('')
  }

  function wishOf(intent: AccessIntent, file: IncomingFile | null): AccessWish | null {
    if (intent.kind !== 'file') return null
    if (file === null) throw new AppError('invalid-input', 'no file')
    return parseWish(Buffer.from(file.bytes).toString('utf8'), file.name)
  }

  return {
    connection: session.connection,
    connect: (input: { token: string; account: string | null; isStored: boolean }, options: JobOptions) =>
      session.connect(input, progressOf(options)),
    disconnect: session.disconnect,
    practise: session.practise,
    read: (options: JobOptions) => session.read(progressOf(options)),
    overview,
    accept: session.accept,
    explain,
    /** `file`: what the intent names as a file. The account is read again first. */
    async plan(intent: AccessIntent, file: IncomingFile | null, options: JobOptions): Promise<AccessPlanView> {
      const files = { ca: await caOf(intent, file), wish: wishOf(intent, file) }
      options.onProgress?.({ fraction: null, phase: 'Reading the account' })
      return plans.plan(await session.read(progressOf(options)), intent, files, now())
    },
    planUndo: (run: AccessRunId, options: JobOptions) => runs.planUndo(run, options),
    /** A plan as a file for the command line and for git, good for this state of the account alone. */
    planFile(id: AccessPlanId): string {
      const { wish, account } = plans.get(id)
      if (wish === null) throw new AppError('invalid-input', 'This plan cannot be saved.')
      const expires = toInstant(new Date(clock.now().getTime() + SAVED_PLAN_MS))
      const state = expires === null ? null : { digest: stateDigest(account), expires }
      return `${JSON.stringify({ ...wish, state }, null, 2)}\n`
    },
    apply: runs.apply,
    resume: runs.resume,
    runs: runs.list,
    rollOver: rollOver.state,
    testRollOver: rollOver.test,
    forgetWriteToken: session.forgetWriteToken,
    /** What was seen of a test, in a sentence. */
    async testAlert(
      id: AccessAlertId,
      permission: WritePermission,
      options: JobOptions,
    ): Promise<{ sentence: string }> {
      const { account } = reading()
      options.onProgress?.({ fraction: null, phase: 'Asking Cloudflare to send a test' })
      await session.withWriteToken(account, permission, progressOf(options), (source) =>
        ports.cloudflare.testAlert(source, id),
      )
      return { sentence: isPracticeAccount(account) ? practiceTestAccepted : testAccepted }
    },
    protections,
    /** A token that is not stored goes with the keys when they are locked. */
    forget(): void {
      plans.clear()
      session.forget()
    },
  }
}

const dersIn = (pem: string): Uint8Array[] => decodePem(pem).map(({ der }) => der)

export type AccessScreen = ReturnType<typeof createAccessScreen>
