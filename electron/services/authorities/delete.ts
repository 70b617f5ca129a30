import { z } from 'zod'
import type { AuthorityListRow } from '#electron/database/authority-tables'
import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { type AuthorityDeletion, IssuedPage, type IssuedStatus } from '#shared/model/authority'
import { AuthorityId } from '#shared/model/ids'
import { chainOf } from './chain'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { horizonOf } from './summary'

const liveStatuses: readonly IssuedStatus[] = ['valid', 'expiring', 'not-yet-valid']

/**
 * An issuer with everything that it issued and revoked, and its key last. All keys of one name share CRL numbers and
 * revocations, so once there are any, they go together: what was left would publish lists that forget, or go back.
 */
export function createAuthorityDeleter(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, vault, operations, clock } = ports

  const deleting = operations.define({
    kind: 'authority-delete',
    subject: 'authority',
    payload: z.strictObject({ authority: AuthorityId, all: z.array(AuthorityId) }),
    changes: ['authorities', 'activity', 'vault'],
    async recover({ all }) {
      await deleteRecords(all)
      await deleteKeys(all)
    },
  })

  async function deletion(id: AuthorityId): Promise<AuthorityDeletion> {
    const row = await keys.get(id)
    const going = await goingWith(row)
    const ids = new Set(going.map((each) => each.id))
    const below = (await database.authorities.list()).filter((each) => isBelow(each, ids))
    let live = 0
    for (const { id: authority } of going) live += await liveOf(authority)
    return {
      name: row.name,
      keys: going.map(({ id, keyCode, notAfter, hasKey }) => ({ id, keyCode, notAfter, hasKey })),
      issued: going.reduce((sum, { issued }) => sum + issued, 0),
      live,
      revocations: going.length > 1 || row.crl !== null ? row.revocations : row.revoked,
      hasCrl: going.some(({ crl }) => crl !== null),
      below: below.map(({ name }) => name),
    }
  }

  /** `typed`: its name, as a person typed it. Errors: `invalid-input` for another one, those of the journal. */
  async function remove(id: AuthorityId, typed: string): Promise<void> {
    const row = await keys.get(id)
    if (typed.trim() !== row.name.trim())
      throw new AppError('invalid-input', `That is not its name. To delete it, type “${row.name}”.`)
    const all = (await goingWith(row)).map((each) => each.id)
    const { issued } = await deletion(id)
    const steps = [
      { name: 'record', run: () => deleteRecords(all) },
      { name: 'secret', run: () => deleteKeys(all) },
    ]
    const sentence = `The issuer, its keys and the list of ${countOf(issued, 'certificate')} that it issued were deleted.`
    const line = () => ({ kind: 'issuer-deleted', about: row.name, sentence }) as const
    await deleting.perform({ authority: id, all }, steps, { line })
  }

  async function goingWith(row: AuthorityListRow): Promise<AuthorityListRow[]> {
    const namesakes = (await database.authorities.list()).filter(({ nameKey }) => nameKey === row.nameKey)
    const isShared = row.revocations > 0 || namesakes.some(({ crl }) => crl !== null)
    return isShared ? namesakes : [row]
  }

  async function liveOf(authority: AuthorityId): Promise<number> {
    let live = 0
    for (const status of liveStatuses) {
      const page = IssuedPage.parse({ authority, status, limit: 1 })
      live += (await database.issued.list(page, horizonOf(clock.now()))).total
    }
    return live
  }

  async function deleteRecords(all: AuthorityId[]): Promise<void> {
    const ids = new Set(all)
    const orphans = []
    for (const row of await database.authorities.list()) {
      if (!isBelow(row, ids)) continue
      const [, ...above] = await chainOf(row, database)
      orphans.push({ id: row.id, issuers: above.map((der) => Buffer.from(der).toString('base64')) })
    }
    await database.authorities.delete(all, orphans)
  }

  async function deleteKeys(all: AuthorityId[]): Promise<void> {
    for (const id of all) {
      await vault.delete('authority-key', id)
      await vault.delete('signer-key', id)
    }
  }

  return { deletion, remove }
}

const isBelow = ({ id, parent }: AuthorityListRow, going: ReadonlySet<AuthorityId>): boolean =>
  parent !== null && going.has(parent) && !going.has(id)
