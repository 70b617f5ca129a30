import { certificateSha256 } from '#electron/pki/x509/read'
import type { CertificateStore } from '#electron/stores/store'
import { AppError, isAppError } from '#shared/errors'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityId, InstallId, StoreId } from '#shared/model/ids'
import type { Install, Removal, StoreState } from '#shared/model/store'
import { createInstaller } from './install'
import type { InstallPorts } from './ports'
import { createInstallReader, type Subject, type UnreadStore } from './read'
import { createRemover } from './remove'
import { createEarlierRemover } from './remove-earlier'

/** Certificates in the operating system's stores. Only what was read back counts as installed. */
export function createInstalls(ports: InstallPorts) {
  const { database } = ports

  function storeOf(id: StoreId): CertificateStore {
    const store = ports.stores.find((candidate) => candidate.id === id)
    if (store === undefined) throw new AppError('store-unavailable', id)
    return store
  }

  const installing = createInstaller(ports, storeOf)
  const removing = createRemover(ports)
  const earlier = createEarlierRemover(ports, storeOf)
  const reader = createInstallReader(ports)

  async function stores(): Promise<StoreState[]> {
    const described = await Promise.all(ports.stores.map((store) => store.describe()))
    const { store: only } = ports.policy
    return only === null ? described : described.map((state) => (state.id === only ? state : closedByPolicy(state)))
  }

  async function get(id: InstallId): Promise<Install> {
    const row = await database.installs.get(id)
    if (row === null) throw new AppError('not-found', 'This installation is no longer recorded.')
    return row
  }

  async function subjectOf(id: IdentityId): Promise<Subject> {
    const identity = await database.identities.get(id)
    if (identity === null) throw new AppError('not-found', 'This certificate is no longer here.')
    return identity
  }

  /** Asks the store itself: somebody may have removed the certificate behind our back. */
  async function check(id: InstallId): Promise<Install> {
    const { store, identity } = await get(id)
    await reader.refreshStore(storeOf(store), [await subjectOf(identity)])
    return await get(id)
  }

  /** A removal that failed half-way has changed what is there; the record says what. */
  async function remove(row: Install): Promise<Removal> {
    try {
      return await removing.remove(row)
    } catch (error) {
      await check(row.id).catch((second: unknown) => {
        if (!isAppError(second)) throw second
      })
      throw error
    }
  }

  /** Where a certificate is now, in every store that can be read. */
  async function refresh(identity: IdentityId): Promise<Install[]> {
    await reader.refresh([await subjectOf(identity)])
    return await database.installs.ofIdentity(identity)
  }

  return {
    stores,
    install: installing.install,
    check,
    refresh,
    /** The same for many at once: each store is read a single time. */
    async refreshAll(subjects: readonly Subject[]): Promise<{ installs: Install[]; unread: UnreadStore[] }> {
      const unread = await reader.refresh(subjects)
      return { installs: await database.installs.all(), unread }
    },
    remove: async (id: InstallId) => remove(await get(id)),
    /** `certificate`: DER of one of the same key that another has taken the place of. */
    async removeEarlier(identity: IdentityId, certificate: Uint8Array): Promise<void> {
      const sha256 = certificateSha256(certificate)
      for (const row of await refresh(identity)) {
        if (!isInstalled(row, sha256)) continue
        await earlier.removeEarlier(row, certificate)
        await check(row.id)
      }
    },
    async removeAll(identity: IdentityId) {
      for (const row of await database.installs.ofIdentity(identity)) await remove(row)
    },
  }
}

/** Certificates that are in it can still be removed. */
const closedByPolicy = (state: StoreState): StoreState => ({
  ...state,
  writable: false,
  problem: { code: 'managed', remedy: 'Ask your administrator which store certificates go into.' },
})
