import type { Database } from '#electron/database/database'
import { allowsClientUse } from '#electron/pki/checks'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Clock } from '#electron/platform/clock'
import type { StoreReader } from '#electron/stores/store'
import { allRows } from '#shared/logic/all-rows'
import type { StoredCertificate, StoredCertificates } from '#shared/model/stored'
import { isReadByEngine, readStoredIdentities, type StoredAt } from './stored-identities'

export interface StoredCertificatesPorts {
  database: Pick<Database, 'identities'>
  stores: readonly StoreReader[]
  clock: Clock
}

/** Reading all stores starts several programs, and what they hold changes seldom. */
const RECENT_MS = 10 * 60_000

/** The client certificates in the stores of this computer that are not Latchkey's own. They are only read. */
export function createStoredCertificates({ database, stores, clock }: StoredCertificatesPorts) {
  let latest: { at: number; found: Promise<StoredCertificates> } | null = null

  async function readAll(): Promise<StoredCertificates> {
    const [{ found, unread }, { rows: own }] = await Promise.all([
      readStoredIdentities(stores),
      allRows((page) => database.identities.list({ ...page, search: '' })),
    ])
    // An earlier certificate of a key that is here is shown with that key.
    const ownKeys = new Set(own.map(({ keyCode }) => keyCode))
    const certificates = merge(found)
      .filter(({ certificate }) => !ownKeys.has(certificate.keyCode))
      .sort((one, other) => one.certificate.notAfter.localeCompare(other.certificate.notAfter))
    return { certificates, unreadStores: unread }
  }

  /** As the stores say now. */
  function list(): Promise<StoredCertificates> {
    const found = readAll()
    latest = { at: clock.now().getTime(), found }
    // Whoever asked hears of the failure, and the next one asks again.
    found.catch(() => {
      latest = null
    })
    return found
  }

  return {
    list,
    /** As the stores said a short while ago, or say now. */
    recent(): Promise<StoredCertificates> {
      const age = latest === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - latest.at
      return latest !== null && age >= 0 && age < RECENT_MS ? latest.found : list()
    },
    /** Latchkey has changed a store. */
    forget(): void {
      latest = null
    },
  }
}

export type StoredCertificatesService = ReturnType<typeof createStoredCertificates>

/** One entry for each certificate that can sign in somewhere, however many stores have it. */
function merge(found: readonly StoredAt[]): StoredCertificate[] {
  const all = new Map<string, StoredCertificate>()
  for (const { stored, store } of found) {
    const [leaf, ...issuers] = stored.chain
    // A certificate that cannot be read has no dates to compare.
    if (leaf === undefined || stored.notBefore === null || stored.notAfter === null || !allowsClientUse(leaf)) continue
    const place = { store: store.id, name: store.name, readBy: store.readBy, keyPresent: stored.keyPresent }
    const testable = stored.keyPresent && isReadByEngine(store)
    const known = all.get(stored.sha256)
    if (known === undefined) {
      const certificate = viewCertificate(leaf)
      all.set(stored.sha256, { certificate, chain: issuers.map(viewCertificate), places: [place], testable })
    } else {
      all.set(stored.sha256, { ...known, places: [...known.places, place], testable: known.testable || testable })
    }
  }
  return [...all.values()]
}
