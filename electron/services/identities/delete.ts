import { z } from 'zod'
import { AppError } from '#shared/errors'
import { IdentityId } from '#shared/model/ids'
import type { IdentityPorts } from './ports'

export interface DeletePorts extends IdentityPorts {
  removeInstalls(identity: IdentityId): Promise<void>
}

/** Out of every store, out of the list, out of the vault, in this order: the key goes last. Once begun it is finished. */
export function createDeleter({ database, vault, operations, removeInstalls }: DeletePorts) {
  const deleting = operations.define({
    kind: 'delete',
    subject: 'identity',
    payload: z.strictObject({ identity: IdentityId }),
    changes: ['identities', 'installs', 'activity', 'vault'],
    async recover({ identity }) {
      await database.identities.delete(identity)
      await vault.delete('private-key', identity)
    },
  })

  async function remove(identity: IdentityId): Promise<void> {
    const row = await database.identities.get(identity)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    // Each removal is an operation of its own, so a store that refuses leaves everything after it untouched.
    await removeInstalls(identity)
    const steps = [
      { name: 'record', run: () => database.identities.delete(identity) },
      { name: 'secret', run: () => vault.delete('private-key', identity) },
    ]
    const sentence = 'The certificate and its key were deleted.'
    const line = () => ({ kind: 'identity-deleted', about: row.name, sentence }) as const
    await deleting.perform({ identity }, steps, { line })
  }

  return { delete: remove }
}
