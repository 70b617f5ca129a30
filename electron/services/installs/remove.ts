import { z } from 'zod'
import type { NoteUndo, RemovedKey } from '#electron/stores/store'
import { AppError, isAppError } from '#shared/errors'
import { removalSentence } from '#shared/logic/removal'
import { type IdentityId, InstallId, Sha256, StoreId } from '#shared/model/ids'
import type { Install, Removal } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { issuedCertificates } from '../issued-certificates'
import type { Step } from '../operations'
import { issuersOnly, notes, tellUnrestored, trustAndIssuers } from './notes'
import type { InstallPorts } from './ports'
import { recordedIn } from './seen'

const Payload = z.strictObject({
  install: InstallId,
  store: StoreId,
  sha256: z.string(),
  /**
   * DER of the certificate whose key is taken out. Recovery goes by it alone: the records that it could look it up in are
   * not signed. Missing where the store was not reached, and in the journal of 0.1.0, which is not recovered.
   */
  certificate: z.base64().optional(),
  /** Bystanders that the store may lose meanwhile. */
  undo: z.array(Undo).default([]),
})
type Payload = z.infer<typeof Payload>

const besideTakenOut = 'What Latchkey had added beside it, such as trust, was taken out.'

/** Takes everything of a key out of a store. A removal once begun is finished, also after a crash. */
export function createRemover(ports: InstallPorts) {
  const { database, operations } = ports
  const storeOf = (id: StoreId) => ports.stores.find((candidate) => candidate.id === id)

  const removing = operations.define({
    kind: 'remove',
    subject: 'install',
    payload: Payload,
    changes: ['installs', 'identities', 'activity'],
    /** What the store had lost comes back first, so that it cannot be of the key that is then taken out. */
    async recover(payload, note) {
      await putBack(payload)
      if ((await database.installs.get(payload.install)) === null) return
      await takeOut(payload, notes(payload, note).add)
      await database.installs.delete(payload.install)
    },
  })

  async function remove(row: Install): Promise<Removal> {
    const payload: Payload = {
      install: row.id,
      store: row.store,
      sha256: row.sha256,
      ...(storeOf(row.store) === undefined ? {} : { certificate: await certificateOf(row.identity) }),
      undo: [],
    }
    const done: { removed: RemovedKey | 'not-reached' | null } = { removed: null }
    const removal = () => {
      if (done.removed === null) throw new Error('A removal ended without its result.')
      return toRemoval(row, done.removed)
    }
    const steps: Step<Payload>[] = [
      {
        name: 'store',
        run: async (current, note) => {
          const noted = notes(current, note)
          done.removed = await takeOut(current, noted.add)
          return noted.payload()
        },
        undo: putBack,
      },
      { name: 'record', run: () => database.installs.delete(payload.install) },
    ]
    const line = () =>
      ({
        kind: 'removed',
        about: row.storeName,
        sentence: removalSentence(removal()),
        thing: { identity: row.identity },
      }) as const
    await removing.perform(payload, steps, { line })
    return removal()
  }

  /**
   * First the trust that we had set for it, newest first; then the key with all its certificates; then the issuers that
   * stayed as long as one of these needed them.
   */
  async function takeOut(
    { install, store: storeId, certificate }: Payload,
    note: NoteUndo,
  ): Promise<RemovedKey | 'not-reached'> {
    const store = storeOf(storeId)
    if (store === undefined || certificate === undefined) return 'not-reached'
    const steps = (await database.installs.undoOf(install)).reverse().map(trustAndIssuers)
    for (const undo of steps) await store.undo(undo)
    const removed = await store.removeKey(Buffer.from(certificate, 'base64'), note).catch((error: unknown) => {
      throw isAppError(error) && steps.some((undo) => undo.steps.length > 0) ? error.after(besideTakenOut) : error
    })
    for (const undo of steps) await store.undo(issuersOnly(undo))
    return removed
  }

  /** DER in base64. Names the key to a store: the identity's present certificate is of the same key as every earlier one. */
  async function certificateOf(id: IdentityId): Promise<string> {
    const identity = await database.identities.get(id)
    const [certificate] = identity === null ? [] : await issuedCertificates(database, identity)
    if (certificate === undefined)
      throw new AppError('database-damaged', 'The certificate is missing from the database.')
    return Buffer.from(certificate.der).toString('base64')
  }

  async function putBack({ store: id, undo }: Payload): Promise<void> {
    const store = storeOf(id)
    if (store === undefined) return
    for (const lost of undo) await tellUnrestored(ports, await store.undo(lost))
  }

  return { remove }
}

/** A store of another computer that shares this home folder, or a browser profile that was deleted, holds what it holds. */
function toRemoval(row: Install, removed: RemovedKey | 'not-reached'): Removal {
  const { store, storeName } = row
  if (removed === 'not-reached') return { store, storeName, certificates: [], privateKey: 'unknown', reached: false }
  const recorded = recordedIn(row)
  const certificates = removed.certificates.map(({ sha256, commonName, notAfter }) => ({
    sha256: Sha256.parse(sha256),
    name: commonName,
    notAfter,
    recorded: recorded.has(sha256),
  }))
  return { store, storeName, certificates, privateKey: removed.privateKey, reached: true }
}
