import { z } from 'zod'
import type { CertificateStore } from '#electron/stores/store'
import { InstallId, StoreId } from '#shared/model/ids'
import type { Install } from '#shared/model/store'
import type { Recovery } from '../operations'
import type { InstallPorts } from './ports'

const Payload = z.strictObject({ install: InstallId, store: StoreId, sha256: z.string() })
type Payload = z.infer<typeof Payload>

/** Takes certificate, key and trust out of a store. A removal once begun is finished, also after a crash. */
export function createRemoving(ports: InstallPorts, storeOf: (id: StoreId) => CertificateStore) {
  const { database, operations, clock } = ports

  async function remove(row: Install): Promise<void> {
    const payload: Payload = { install: row.id, store: row.store, sha256: row.sha256 }
    await operations.perform('remove', payload, [
      { name: 'store', run: () => takeOut(payload) },
      { name: 'record', run: () => database.installs.delete(payload.install) },
    ])
    await database.activity.append(
      clock.now(),
      'removed',
      row.storeName,
      `Certificate, key and trust were removed from ${row.storeName}.`,
    )
    ports.changed('installs', 'identities', 'activity')
  }

  /** First what else we had set for it (trust, issuers), newest first; then the identity itself. */
  async function takeOut({ install, store, sha256 }: Payload): Promise<void> {
    for (const undo of (await database.installs.undoOf(install)).reverse()) await storeOf(store).undo(undo)
    await storeOf(store).remove(sha256)
  }

  const recover: Recovery = async (payload) => {
    const parsed = Payload.parse(payload)
    await takeOut(parsed)
    await database.installs.delete(parsed.install)
  }

  return { remove, recover }
}
