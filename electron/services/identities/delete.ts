import { z } from 'zod'
import { AppError } from '#shared/errors'
import { IdentityId } from '#shared/model/ids'
import type { Recovery } from '../operations'
import type { IdentityPorts } from './ports'

const Payload = z.strictObject({ identity: IdentityId })

export interface DeletePorts extends IdentityPorts {
  removeInstalls(identity: IdentityId): Promise<void>
}

/** Out of every store, out of the list, out of the vault, in this order: the key goes last. Once begun it is finished. */
export function createDeleting({ database, vault, operations, clock, changed, removeInstalls }: DeletePorts) {
  async function remove(identity: IdentityId): Promise<void> {
    const row = await database.identities.get(identity)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    // Each removal is an operation of its own, so a store that refuses leaves everything after it untouched.
    await removeInstalls(identity)
    await operations.perform('delete', { identity }, [
      { name: 'record', run: () => database.identities.delete(identity) },
      { name: 'secret', run: () => vault.delete('private-key', identity) },
    ])
    await database.activity.append(
      clock.now(),
      'identity-deleted',
      row.name,
      'The certificate and its key were deleted.',
    )
    changed('identities', 'installs', 'activity', 'vault')
  }

  const recover: Recovery = async (payload) => {
    const { identity } = Payload.parse(payload)
    await database.identities.delete(identity)
    await vault.delete('private-key', identity)
  }

  return { delete: remove, recoveries: { delete: recover } }
}
