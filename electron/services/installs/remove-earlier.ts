import { z } from 'zod'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { CertificateStore, NoteUndo } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import { IdentityId, InstallId, StoreId } from '#shared/model/ids'
import type { Install } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import type { Step } from '../operations'
import { notes, tellUnrestored } from './notes'
import type { InstallPorts } from './ports'

const Payload = z.strictObject({
  install: InstallId,
  identity: IdentityId,
  store: StoreId,
  /** DER of the earlier certificate. */
  certificate: z.base64(),
  /** Bystanders that the store may lose meanwhile. */
  undo: z.array(Undo),
})
type Payload = z.infer<typeof Payload>

/** After a renewal with the same key: the earlier certificate goes, the key and the present one stay. Once begun it is finished. */
export function createEarlierRemover(ports: InstallPorts, storeOf: (id: StoreId) => CertificateStore) {
  const { database, operations } = ports

  const removing = operations.define({
    kind: 'remove-earlier',
    subject: 'install',
    payload: Payload,
    changes: ['installs', 'identities', 'activity'],
    async recover(payload, note) {
      await putBack(payload)
      await takeOut(payload, notes(payload, note).add)
    },
  })

  /** Errors: `invalid-input` for the certificate that the identity has now, and those of the store. */
  async function removeEarlier({ id, identity, store, storeName }: Install, certificate: Uint8Array): Promise<void> {
    const row = await database.identities.get(identity)
    if (row === null || row.certificate === certificateSha256(certificate))
      throw new AppError('invalid-input', 'This certificate is the one that is used now.')
    const payload: Payload = {
      install: id,
      identity,
      store,
      certificate: Buffer.from(certificate).toString('base64'),
      undo: [],
    }
    const steps: Step<Payload>[] = [
      {
        name: 'store',
        run: async (current, note) => {
          const noted = notes(current, note)
          await takeOut(current, noted.add)
          return noted.payload()
        },
        undo: putBack,
      },
    ]
    const sentence = `The earlier certificate was removed from ${storeName}. Its key stays, with the new certificate.`
    const thing = { identity }
    await removing.perform(payload, steps, {
      line: () => ({ kind: 'removed', about: row.name, sentence, thing }) as const,
    })
  }

  async function takeOut({ store, certificate }: Payload, note: NoteUndo): Promise<void> {
    await storeOf(store).removeCertificate(Buffer.from(certificate, 'base64'), note)
  }

  async function putBack({ store, undo }: Payload): Promise<void> {
    for (const lost of undo) await tellUnrestored(ports, await storeOf(store).undo(lost))
  }

  return { removeEarlier }
}
