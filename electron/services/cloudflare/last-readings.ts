import { explain } from '#electron/cloudflare/explain/explain'
import { visitorWith } from '#electron/cloudflare/visitor'
import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { adviceWords } from '#shared/logic/access/advice-words'
import type { AccountFacts } from '#shared/logic/test/input'
import type { AccessAccount } from '#shared/model/access-account'
import type { Host } from '#shared/model/host'
import { toInstant } from '#shared/model/ids'

/**
 * What is kept of an account. The objects as they were fetched may hold passwords of other systems, and only a write, which
 * reads them again, needs them.
 */
export const keptOf = (account: AccessAccount): AccessAccount => ({
  ...account,
  applications: account.applications.map((one) => ({ ...one, fetched: {} })),
  policies: account.policies.map((one) => ({ ...one, fetched: {} })),
  groups: account.groups?.map((one) => ({ ...one, fetched: {} })) ?? null,
})

interface LastReadingsPorts {
  database: Pick<Database, 'accessReadings'>
  /** DER, to complete a chain. */
  issuerCertificates(): Promise<Uint8Array[]>
  /** The practice account, where it decides about the practice site; null otherwise. */
  practice(): Promise<AccessAccount | null>
  clock: Clock
}

type Site = Pick<Host, 'hostname' | 'path' | 'practice'>

/**
 * What the account that has a site's hostname says of a visit, as it was last read: for the connection test, which neither waits
 * for a network because of it nor fails. Null where no account was read that has the hostname.
 *
 * @param certificates DER, the one that is sent first; null for a visit without one.
 */
export function createLastReadings({ database, issuerCertificates, practice, clock }: LastReadingsPorts) {
  async function accountOf({ hostname, practice: isPractice }: Site): Promise<AccessAccount | null> {
    if (isPractice) return practice()
    const name = hostname.toLowerCase()
    const has = ({ zones, cas, settings }: AccessAccount) =>
      zones === null
        ? cas.some(({ hostnames }) => hostnames.includes(name)) || settings.some((one) => one.hostname === name)
        : zones.some((zone) => `.${name}`.endsWith(`.${zone.name.toLowerCase()}`))
    return (await database.accessReadings.all()).find(has) ?? null
  }

  return async (site: Site, certificates: Uint8Array[] | null): Promise<AccountFacts | null> => {
    const account = await accountOf(site)
    const now = clock.now()
    const at = toInstant(now)
    if (account === null || at === null) return null
    const visitor = visitorWith(certificates, await issuerCertificates(), now)
    const explanation = explain(account, visitor, { hostname: site.hostname, path: site.path }, at)
    return { name: account.name, explanation, advice: adviceWords(explanation, visitor) }
  }
}
