import type { AuthoritySummary } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { summarise } from './summary'

/** Out of the lists and back. Its key stays, and so do the warnings before it or its CRL expires. */
export function createArchiver(
  { database, clock, changed }: Pick<AuthorityPorts, 'database' | 'clock' | 'changed'>,
  keys: Pick<AuthorityKeys, 'get'>,
) {
  return async (id: AuthorityId, isArchived: boolean): Promise<AuthoritySummary> => {
    const { name } = await keys.get(id)
    const at = clock.now().toISOString()
    const line = isArchived
      ? ({ kind: 'issuer-archived', sentence: 'It is hidden from the lists. Its key was kept.' } as const)
      : ({ kind: 'issuer-brought-back', sentence: 'It is in the lists again.' } as const)
    const isNew = await database.authorities.setArchived(id, isArchived ? at : null, { at, about: name, ...line })
    if (isNew) changed('authorities', 'activity')
    return summarise(await keys.get(id), clock.now())
  }
}
