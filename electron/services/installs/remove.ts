import { z } from 'zod'
import type { CertificateStore, NoteUndo } from '#electron/stores/store'
import { InstallId, StoreId } from '#shared/model/ids'
import type { Install } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import type { Recovery } from '../operations'
import { notes, tellUnrestored, trustAndIssuers } from './notes'
import type { InstallPorts } from './ports'

const Payload = z.strictObject({
  install: InstallId,
  store: StoreId,
  sha256: z.string(),
  /** Bystanders that the store may lose meanwhile. */
  undo: z.array(Undo).default([]),
})
type Payload = z.infer<typeof Payload>

/** Takes certificate, key and trust out of a store. A removal once begun is finished, also after a crash. */
export function createRemoving(ports: InstallPorts, storeOf: (id: StoreId) => CertificateStore) {
  const { database, operations, clock } = ports

  async function remove(row: Install): Promise<void> {
    const payload: Payload = { install: row.id, store: row.store, sha256: row.sha256, undo: [] }
    await operations.perform('remove', payload, [
      {
        name: 'store',
        run: async (current, note) => {
          const noted = notes(current, note)
          await takeOut(current, noted.add)
          return noted.payload()
        },
        undo: putBack,
      },
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
  async function takeOut({ install, store, sha256 }: Payload, note: NoteUndo): Promise<void> {
    for (const undo of (await database.installs.undoOf(install)).reverse())
      await storeOf(store).undo(trustAndIssuers(undo))
    await storeOf(store).remove(sha256, note)
  }

  async function putBack({ store, undo }: Payload): Promise<void> {
    for (const lost of undo) await tellUnrestored(ports, await storeOf(store).undo(lost))
  }

  const recover: Recovery = async (payload, note) => {
    const noted = notes(Payload.parse(payload), note)
    const parsed = noted.payload()
    await takeOut(parsed, noted.add)
    await putBack(noted.payload())
    await database.installs.delete(parsed.install)
  }

  return { remove, recover }
}
