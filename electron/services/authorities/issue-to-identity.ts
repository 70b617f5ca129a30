import type { IdentityRow } from '#electron/database/database'
import { AppError } from '#shared/errors'
import { fileNameOf } from '#shared/logic/naming'
import type { ImportOutcome } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { chainOf, pemOf } from './chain'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import type { Order, Sign } from './sign'

/** For a key that this app keeps itself: issued with the names of its own request, and then filed as if the file had arrived. */
export function createIssuingHere(ports: AuthorityPorts, keys: AuthorityKeys, sign: Sign) {
  const { database, jobs } = ports

  return async (signature: Signature, id: IdentityId, days: number): Promise<ImportOutcome> => {
    const order = { ...(await orderFor(await database.identities.get(id))), days }
    const [issued] = (await sign(signature, [order], {})).issued
    const found = issued === undefined ? null : await database.issued.get(issued.sha256)
    if (found === null) throw new AppError('database-damaged', 'An issued certificate is missing from the database.')
    const chain = await chainOf(await keys.get(signature.authority), database)
    return ports.importIssued(fileNameOf(found.commonName, 'pem'), pemOf([found.der, ...chain]))
  }

  async function orderFor(row: IdentityRow | null): Promise<Omit<Order, 'days'>> {
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    if (row.requestDer === null) throw new AppError('not-found', 'This certificate was not requested here.')
    const [asked] = await jobs.run('review-requests', { requests: [row.requestDer] })
    if (asked === undefined || asked === null) throw new AppError('database-damaged', 'A request cannot be read.')
    const names = { kind: 'as-requested', request: row.requestDer, withoutUnsupported: false } as const
    return { names, spki: asked.spki, request: row.requestDer, asked: asked.attributes }
  }
}
