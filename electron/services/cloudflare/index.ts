import { alertNamed, requireAlerting } from '#electron/cloudflare/alerting'
import { runJournal } from '#electron/cloudflare/apply/run-journal'
import { type CheckFinding, checkApi } from '#electron/cloudflare/check'
import { type Address, explain } from '#electron/cloudflare/explain/explain'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { planOf } from '#electron/cloudflare/plan/plan'
import { openChanges } from '#electron/cloudflare/row-changes'
import { caStatuses, hostStatuses } from '#electron/cloudflare/status'
import { visitorWith } from '#electron/cloudflare/visitor'
import { inOrder } from '#electron/platform/in-order'
import type { AccessAlert, AccessAlerting, AccessCa } from '#shared/model/access-account'
import type { AccessStatus } from '#shared/model/access-status'
import type { AccessWish } from '#shared/model/access-wish'
import { toInstant } from '#shared/model/ids'
import { createAccountReader } from './account-reader'
import type { CaTest, CaTestOptions } from './ca-test'
import { createComparison } from './comparison'
import type {
  Changing,
  CloudflarePorts,
  DriftReading,
  ExplainedReading,
  PlannedReading,
  Reading,
  Source,
} from './ports'

/** Cloudflare's half. Nothing but `run` changes anything there, and `testAlert` has a message sent. Errors of all: `cloudflare-*`, `cancelled`; with a stored token also those of the vault. */
export function createCloudflare(ports: CloudflarePorts) {
  const { clock, wait, local, issuerCertificates, stored, testCa } = ports
  const { open, read, readAndKeep } = createAccountReader(ports)
  const { compare, driftSince, noteOwn } = createComparison(ports)

  async function status(source: Source, options: { eachZone: boolean }): Promise<AccessStatus> {
    const { account, unread } = await read(source, options)
    const [known, now, found] = [await local(source.isPractice === true), clock.now(), await driftSince(account)]
    const changesOf = openChanges(account, found?.drift ?? [])
    const applications = new Map(account.applications.map((one) => [one.id, one]))
    return {
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      cas: caStatuses(account, known, now),
      hosts: hostStatuses(account, known, now).map((host) => {
        const own = [null, ...host.applications.map(({ id }) => applications.get(id) ?? null)]
        return { ...host, changes: [...new Set(own.flatMap((one) => changesOf(host.hostname, one)))] }
      }),
      comparedWith: found?.since ?? null,
      unread,
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
      const opened = await open(source)
      const readAll = () => readAndKeep(opened)
      const reading = { ...(await readAll()), token: opened.token }
      const isPractice = source.isPractice === true
      return {
        reading,
        async noteOwn(run) {
          // Where nobody has looked before, nothing will be compared with it.
          const isSeen = ((await ports.looks?.get(run.before.id)) ?? null) !== null
          if (isSeen) await noteOwn(run, (await readAll()).account)
        },
        run: (file, hooks) =>
          runJournal(file, {
            ...hooks,
            async test(change) {
              const { account } = await readAll()
              const cas = account.cas.filter(({ id }) => change.cas.includes(id))
              const tests =
                testCa === null
                  ? []
                  : await inOrder(cas, 1, (ca) => testCa(change.hostname, ca, { isPractice, signal: source.signal }))
              hooks.onTested?.(tests)
              const isProven = tests.length === change.cas.length && tests.every(({ outcome }) => outcome === 'let-in')
              return isProven || hooks.test(change)
            },
            api: opened.api,
            wait,
            signal: source.signal,
            read: async () => (await readAll()).account,
          }),
      }
    },
    /** Latchkey's own tests of a hostname with a certificate of each of these CAs; none where no certificates are at hand. */
    testCas: async (hostname: string, cas: AccessCa[], options: CaTestOptions): Promise<CaTest[]> =>
      testCa === null ? [] : inOrder(cas, 1, (ca) => testCa(hostname, ca, options)),
    /** Cloudflare's own warnings before an uploaded CA expires, and what the account may use for them. */
    async alerting(source: Source): Promise<AccessAlerting> {
      const { api, token } = await open(source)
      return requireAlerting(api, token.account.id)
    },
    /** Has Cloudflare send a trial of an expiry alert, by its id or name. Errors: also `not-found` and `ambiguous`. */
    async testAlert(source: Source, wanted: string): Promise<AccessAlert> {
      const { api, token } = await open(source)
      const alert = alertNamed(await requireAlerting(api, token.account.id), wanted)
      await api.testAlert(token.account.id, alert.id)
      return alert
    },
    /** Reads the account, and compares it. */
    drift: async (source: Source, options: { accept: boolean }): Promise<DriftReading> =>
      compare(await read(source, { eachZone: false }), options),
    compare,
    noteOwn,
    /** Verifies the token, and proves its reading rights by reading. Nothing but `store` stores it. */
    async login(source: Source & { token: string }): Promise<{ reading: Reading; store(): Promise<void> }> {
      if (stored === null) throw new Error('There is no vault to keep the token in.')
      const opened = await open(source)
      const { token, text } = opened
      const reading = { ...(await readAndKeep(opened)), token }
      const store = () => stored.write({ token: text, account: token.account.id, name: token.account.name })
      return { reading, store }
    },
    /** False if none was stored. */
    logout: async (): Promise<boolean> => (await stored?.remove()) ?? false,
    hasStoredToken: async (): Promise<boolean> => (await stored?.exists()) ?? false,
  }
}

export type Cloudflare = ReturnType<typeof createCloudflare>
