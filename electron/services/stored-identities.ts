import type { StoredIdentity, StoreReader } from '#electron/stores/store'
import { AppError, isAppError } from '#shared/errors'
import type { StoreState } from '#shared/model/store'

/** A certificate with its key, as a store of the system has it. */
export interface StoredAt {
  stored: StoredIdentity
  store: StoreState
}

interface StoredIdentities {
  found: StoredAt[]
  /** Names of the stores that could not be read. */
  unread: string[]
}

/** Includes certificates that others installed. The stores are only read, all at once. */
export async function readStoredIdentities(stores: readonly StoreReader[]): Promise<StoredIdentities> {
  const read = await Promise.all(stores.map(readStore))
  return { found: read.flatMap(({ found }) => found), unread: read.flatMap(({ unread }) => unread) }
}

async function readStore(store: StoreReader): Promise<StoredIdentities> {
  const state = await store.describe()
  if (!state.present) return { found: [], unread: [] }
  try {
    return { found: (await store.list()).map((stored) => ({ stored, store: state })), unread: [] }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { found: [], unread: [state.name] }
  }
}

/** Whether the engine that tests as the browser reads this store. */
export const isReadByEngine = ({ readBy }: Pick<StoreState, 'readBy'>): boolean => readBy.includes('Latchkey')

/** The certificate with this SHA-256 in a store that the engine reads. Errors: `not-found`. */
export async function findStoredIdentity(stores: readonly StoreReader[], sha256: string): Promise<StoredIdentity> {
  const { found } = await readStoredIdentities(stores)
  const match = found.find(({ stored, store }) => stored.sha256 === sha256 && isReadByEngine(store))
  if (match === undefined)
    throw new AppError('not-found', 'This certificate is no longer in a store that Latchkey can test with.')
  return match.stored
}
