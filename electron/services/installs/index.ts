import type { CertificateStore } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import type { IdentityId, InstallId, StoreId } from '#shared/model/ids'
import type { Install, StoreState } from '#shared/model/store'
import { createInstalling } from './install'
import type { InstallPorts } from './ports'
import { createRemoving } from './remove'

/** Certificates in the operating system's stores. "Installed" is only ever said of what was read back. */
export function createInstalls(ports: InstallPorts) {
  const { database, clock } = ports

  function storeOf(id: StoreId): CertificateStore {
    const store = ports.stores.find((candidate) => candidate.id === id)
    if (store === undefined) throw new AppError('store-unavailable', id)
    return store
  }

  const installing = createInstalling(ports, storeOf)
  const removing = createRemoving(ports, storeOf)

  function stores(): Promise<StoreState[]> {
    return Promise.all(ports.stores.map((store) => store.describe()))
  }

  async function get(id: InstallId): Promise<Install> {
    const row = await database.installs.get(id)
    if (row === null) throw new AppError('not-found', 'This installation is no longer recorded.')
    return row
  }

  /** Asks the store itself: somebody may have removed the certificate behind our back. */
  async function check(id: InstallId): Promise<Install> {
    const row = await get(id)
    const found = await storeOf(row.store).find(row.sha256)
    const checkedAt = clock.now().toISOString()
    const seen: Install =
      found === null
        ? { ...row, checkedAt, present: false, keyPresent: false, chainPresent: false }
        : { ...row, checkedAt, present: true, keyPresent: found.keyPresent, chainPresent: found.chainPresent }
    await database.installs.upsert(seen)
    ports.changed('installs', 'identities')
    return seen
  }

  return {
    stores,
    install: installing.install,
    check,
    remove: async (id: InstallId) => removing.remove(await get(id)),
    removeAll: async (identity: IdentityId) => {
      for (const row of await database.installs.ofIdentity(identity)) await removing.remove(row)
    },
    recoveries: { install: installing.recover, remove: removing.recover },
  }
}

export type Installs = ReturnType<typeof createInstalls>
