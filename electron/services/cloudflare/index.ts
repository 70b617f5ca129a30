import { type ReadAccount, readAccount } from '#electron/cloudflare/account/read'
import { type ExpiryAlert, ensureExpiryAlert, readExpiryAlerts } from '#electron/cloudflare/alerts'
import type { CloudflareApi } from '#electron/cloudflare/api'
import type { JournalFile } from '#electron/cloudflare/apply/journal-file'
import { type Outcome, type RunPorts, runJournal } from '#electron/cloudflare/apply/run-journal'
import { type CheckFinding, checkApi } from '#electron/cloudflare/check'
import { connect, type VerifiedToken } from '#electron/cloudflare/connect'
import type { Pause } from '#electron/cloudflare/exchange'
import { type Address, explain } from '#electron/cloudflare/explain/explain'
import { driftBetween, keepUnread, lookAt, notCompared } from '#electron/cloudflare/look'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { planOf } from '#electron/cloudflare/plan/plan'
import { practiceToken } from '#electron/cloudflare/practice/state'
import { caStatuses, hostStatuses, type LocalKnowledge } from '#electron/cloudflare/status'
import { readToken } from '#electron/cloudflare/token'
import { visitorWith } from '#electron/cloudflare/visitor'
import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { inOrder } from '#electron/platform/in-order'
import type { Wait } from '#electron/platform/wait'
import { AppError } from '#shared/errors'
import { type AccessAccount, practiceAccountId } from '#shared/model/access-account'
import type { Explanation, Visitor } from '#shared/model/access-explanation'
import type { AccessLook, Drift } from '#shared/model/access-look'
import type { AccessPlan, PlanProblem } from '#shared/model/access-plan'
import type { AccessStatus } from '#shared/model/access-status'
import type { AccessWish } from '#shared/model/access-wish'
import { type Instant, toInstant } from '#shared/model/ids'
import type { CaTest, CaTester } from './ca-test'
import { keptOf } from './last-readings'
import type { StoredTokens } from './stored-token'

export interface Progress {
  signal?: AbortSignal | undefined
  onPause?: ((pause: Pause) => void) | undefined
}

export interface CloudflarePorts {
  /** Loads the SDK, which nothing else needs. */
  openApi(input: Progress & { token: string }): Promise<CloudflareApi>
  /** The practice account; null where there is no folder to keep it in. */
  openPractice: ((input: Pick<Progress, 'signal'>) => Promise<CloudflareApi>) | null
  clock: Clock
  wait: Wait
  /** What this computer knows of real sites or of the practice site; nothing where no records are open. */
  local(isPractice: boolean): Promise<LocalKnowledge>
  /** Certificates (DER) that may complete a chain; none where no records are open. Practice knows what was uploaded, too. */
  issuerCertificates(isPractice: boolean): Promise<Uint8Array[]>
  /** Null where there is no vault. */
  stored: StoredTokens | null
  /** Null where no records are open. */
  looks: Database['accessLooks'] | null
  /** Null where no records are open. */
  readings: Database['accessReadings'] | null
  /** Null where no certificates are at hand. */
  testCa: CaTester | null
}

export interface Source extends Progress {
  /** As it was given; null for the one in the vault. */
  token: string | null
  /** The id or exact name of the account; null where the token sees only one, or for the one that was chosen at login. */
  account: string | null
  /** The practice account of this computer. It takes no token. */
  isPractice?: boolean
}

/** An account as it was read, and with which token. */
export interface Reading {
  account: AccessAccount
  /** Permissions that the token lacks; what they open is null in the account. */
  unread: string[]
  token: VerifiedToken
}

/** Who gets in at an address, and what is needed to put that into words. */
export interface ExplainedReading extends Reading {
  visitor: Visitor
  explanation: Explanation
}

export interface PlannedReading extends Reading {
  plan: AccessPlan | null
  /** Why there is no plan. */
  problems: PlanProblem[]
}

interface ChangeHooks extends Pick<RunPorts, 'backUp' | 'test' | 'onWait' | 'onSettled'> {
  /** What Latchkey's own tests of a hostname showed, one for each of its CAs. `test` is only asked where not all were let in. */
  onTested?(tests: CaTest[]): void
}

export interface Changing {
  reading: Reading
  run(file: JournalFile, hooks: ChangeHooks): Promise<Outcome>
}

export interface DriftReading extends Reading {
  /** When the look was taken that this one is compared with. */
  since: Instant | null
  drift: Drift[]
  /** Kinds that were not read this time or the last, so that nothing is said about them. */
  notCompared: AccessLook['unread']
  /** Whether later ones are compared with this one. */
  kept: boolean
}

interface Session {
  api: CloudflareApi
  token: VerifiedToken
}

/** Cloudflare's half. Nothing but `run` and `ensureAlert` changes anything there. Errors of all: `cloudflare-*`, `cancelled`; with a stored token also those of the vault. */
export function createCloudflare(ports: CloudflarePorts) {
  const { openApi, openPractice, clock, wait, local, issuerCertificates, stored, looks, readings, testCa } = ports
  async function practise({ token, signal }: Source): Promise<Session & { text: string }> {
    if (token !== null) throw new AppError('cloudflare-token-unusable', 'The practice account takes no API token.')
    if (openPractice === null) throw new AppError('home-unusable', 'The practice account needs Latchkey’s folder.')
    return { api: await openPractice({ signal }), token: practiceToken, text: '' }
  }

  async function open(source: Source): Promise<Session & { text: string }> {
    if (source.isPractice === true) return practise(source)
    const { token: given, account, signal, onPause } = source
    const kept = given === null ? await stored?.read() : null
    const text = given ?? kept?.token
    if (text === undefined) throw new AppError('cloudflare-not-connected')
    const { token, kind } = readToken(text)
    const api = await openApi({ token, signal, onPause })
    return { api, token: await connect(api, kind, account ?? kept?.account ?? null), text: token }
  }

  async function read(source: Source, { eachZone }: { eachZone: boolean }): Promise<Reading> {
    const { api, token } = await open(source)
    return { ...(await readAndKeep(api, token, eachZone)), token }
  }

  /** Kept for tests of sites and for warnings, which ask nothing of Cloudflare. */
  async function readAndKeep(api: CloudflareApi, token: VerifiedToken, eachZone: boolean): Promise<ReadAccount> {
    const found = await readAccount(api, clock, { token, eachZone })
    if (token.account.id !== practiceAccountId) await readings?.put(keptOf(found.account))
    return found
  }

  async function status(source: Source, options: { eachZone: boolean }): Promise<AccessStatus> {
    const { account, unread } = await read(source, options)
    const [known, now] = [await local(source.isPractice === true), clock.now()]
    return {
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      cas: caStatuses(account, known, now),
      hosts: hostStatuses(account, known, now),
      unread,
    }
  }

  /**
   * What differs from the last look that was kept; null if there was none. This look is kept where there was none or
   * `accept` says so: a change that nobody has taken note of is reported again.
   */
  async function compare(reading: Reading, { accept }: { accept: boolean }): Promise<DriftReading> {
    if (looks === null) throw new Error('There are no records to compare with.')
    const [before, now] = [await looks.get(reading.account.id), lookAt(reading.account)]
    const kept = before === null || accept
    if (kept) await looks.put(before === null ? now : keepUnread(before, now))
    if (before === null) return { ...reading, since: null, drift: [], notCompared: [], kept }
    return {
      ...reading,
      since: before.readAt,
      drift: driftBetween(before, now),
      notCompared: notCompared(before, now),
      kept,
    }
  }

  return {
    read,
    status,
    /** Compares every kind of answer with what Latchkey expects. Nothing is changed. */
    async check(source: Source): Promise<CheckFinding[]> {
      const { api, token } = await open(source)
      return checkApi(api, token.account.id)
    },
    /** `certificates` (DER): the one that is sent, with issuers in any order; null for a visitor without one. */
    async explain(source: Source, address: Address, certificates: Uint8Array[] | null): Promise<ExplainedReading> {
      const at = clock.now()
      // Before anything is asked: a file that is none ends it here.
      const visitor = visitorWith(certificates, await issuerCertificates(source.isPractice === true), at)
      const reading = await read(source, { eachZone: false })
      const instant = toInstant(at)
      if (instant === null) throw new Error('The clock has no time.')
      return { ...reading, visitor, explanation: explain(reading.account, visitor, address, instant) }
    },
    /** What would have to change for the account to be as wished, or why that cannot be planned. Nothing is changed. */
    async plan(source: Source, wish: AccessWish): Promise<PlannedReading> {
      const reading = await read(source, { eachZone: false })
      const at = clock.now()
      const instant = toInstant(at)
      if (instant === null) throw new Error('The clock has no time.')
      const { changes, problems } = changesFor(reading.account, wish, at)
      return { ...reading, plan: changes === null ? null : planOf(reading.account, changes, instant), problems }
    },
    /** An account that is about to be changed, as it is now, and the way to apply a journal to it. */
    async openForChanges(source: Source): Promise<Changing> {
      const { api, token } = await open(source)
      const readAll = () => readAndKeep(api, token, false)
      const reading = { ...(await readAll()), token }
      const isPractice = source.isPractice === true
      return {
        reading,
        run: (file, hooks) =>
          runJournal(file, {
            ...hooks,
            async test(change) {
              const { account } = await readAll()
              const cas = account.cas.filter(({ id }) => change.cas.includes(id))
              const tests =
                testCa === null ? [] : await inOrder(cas, 1, (ca) => testCa(change.hostname, ca, isPractice))
              hooks.onTested?.(tests)
              const isProven = tests.length === change.cas.length && tests.every(({ outcome }) => outcome === 'let-in')
              return isProven || hooks.test(change)
            },
            api,
            wait,
            signal: source.signal,
            read: async () => (await readAll()).account,
          }),
      }
    },
    /** Cloudflare's own warnings before an uploaded CA expires. */
    async alerts(source: Source): Promise<ExpiryAlert[]> {
      const { api, token } = await open(source)
      return readExpiryAlerts(api, token.account.id)
    },
    /** Creates such a warning for these addresses, unless one is there. */
    async ensureAlert(source: Source, emails: string[]): Promise<{ alert: ExpiryAlert; isNew: boolean }> {
      if (source.isPractice === true) throw new AppError('invalid-input', 'The practice account warns nobody.')
      const { api, token } = await open(source)
      return ensureExpiryAlert(api, token.account.id, emails)
    },
    /** Reads the account, and compares it. */
    drift: async (source: Source, options: { accept: boolean }): Promise<DriftReading> =>
      compare(await read(source, { eachZone: false }), options),
    compare,
    /** Verifies the token, proves its reading rights by reading, and only then stores it. */
    async login(source: Source & { token: string }): Promise<Reading> {
      if (stored === null) throw new Error('There is no vault to keep the token in.')
      const { api, token, text } = await open(source)
      const reading = { ...(await readAndKeep(api, token, false)), token }
      await stored.write({ token: text, account: token.account.id, name: token.account.name })
      return reading
    },
    /** False if none was stored. */
    logout: async (): Promise<boolean> => (await stored?.remove()) ?? false,
    hasStoredToken: async (): Promise<boolean> => (await stored?.exists()) ?? false,
  }
}

export type Cloudflare = ReturnType<typeof createCloudflare>
