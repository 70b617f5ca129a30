import type { AuthorityListRow, IssuedRow } from '#electron/database/authority-tables'
import type { JobOptions } from '#electron/jobs/jobs'
import type { Renewed } from '#electron/jobs/table'
import { AppError, type ErrorCode } from '#shared/errors'
import { formatDate } from '#shared/logic/formatting'
import { messages } from '#shared/messages'
import type { IssuedCertificate, RenewOutcome } from '#shared/model/authority'
import type { AuthorityId, Sha256 } from '#shared/model/ids'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { issuedRowOf } from './record'
import { horizonOf, issuedCertificate } from './summary'

type FullRow = IssuedRow & { der: Uint8Array }

export interface RenewOptions extends JobOptions {
  days: number
  passphrase: string
}

/** The same subject and key, a new serial number and new dates. */
export function createRenewer({ database, jobs, clock, changed }: AuthorityPorts, keys: AuthorityKeys) {
  /** After a roll-over the newest successor signs: that is how an old issuer's certificates come to an end. */
  async function signerOf(id: AuthorityId): Promise<AuthorityListRow> {
    let row = await keys.get(id)
    while (row.successor !== null) row = await keys.get(row.successor)
    return row
  }

  async function one(certificate: Sha256, days: number, passphrase: string): Promise<IssuedCertificate> {
    const { renewed } = await several([certificate], { days, passphrase })
    const [made] = renewed
    if (made === undefined) throw new Error('A renewal that was not refused made nothing.')
    return made
  }

  /**
   * With one signature of their issuer; what cannot be renewed is refused, and the others are renewed together. Errors:
   * where none can be, that of the first; `invalid-input` where several issuers would have to sign.
   */
  async function several(
    certificates: Sha256[],
    { days, passphrase, ...options }: RenewOptions,
  ): Promise<RenewOutcome> {
    const old = await database.issued.getMany([...new Set(certificates)])
    if (old.length < new Set(certificates).size) throw new AppError('not-found', 'This certificate is not in the list.')
    const live = old.filter(({ revokedAt }) => revokedAt === null)
    if (live.length === 0) throw new AppError('invalid-input', revokedWords)
    const authority = await onlySigner(live)
    return keys.signWith({ authority, passphrase }, async (issuer, { id }) => {
      const now = clock.now()
      const input = { issuer, certificates: live.map(({ der }) => der), days, now }
      const made = await jobs.run('renew-certificates', input, options)
      requireOne(made)
      const rows = made.flatMap((each, place) => {
        const keyMadeByIssuer = live[place]?.keyMadeByIssuer === true
        return 'facts' in each ? [{ ...issuedRowOf(id, each.facts, now.toISOString()), keyMadeByIssuer }] : []
      })
      const lines = rows.map(
        ({ commonName, notAfter }) =>
          ({
            at: now.toISOString(),
            kind: 'certificate-renewed',
            about: commonName,
            sentence: `Valid until ${formatDate(notAfter)}.`,
            thing: { issuer: id },
          }) as const,
      )
      await database.issued.add(rows, ...lines)
      changed('authorities', 'activity')
      const refused = [
        ...old.filter(({ revokedAt }) => revokedAt !== null).map((row) => refusal(row, revokedWords)),
        ...live.flatMap((row, place) => refusalOf(row, made[place])),
      ]
      return { renewed: rows.map((row) => issuedCertificate(row, horizonOf(now))), refused }
    })
  }

  async function onlySigner(rows: FullRow[]): Promise<AuthorityId> {
    const signers = new Set<AuthorityId>()
    for (const authority of new Set(rows.map((row) => row.authority))) signers.add((await signerOf(authority)).id)
    const [signer, ...others] = signers
    if (signer === undefined || others.length > 0)
      throw new AppError('invalid-input', 'Renew the certificates of one issuer at a time.')
    return signer
  }

  return { one, several }
}

const revokedWords = 'This certificate was revoked; a new one needs a new request.'

function requireOne(made: Renewed[]): void {
  const [first] = made
  if (first !== undefined && 'code' in first && made.every((each) => 'code' in each))
    throw new AppError(first.code, first.detail)
}

const refusal = ({ sha256, commonName }: FullRow, reason: string) => ({ certificate: sha256, commonName, reason })

const refusalOf = (row: FullRow, made: Renewed | undefined) =>
  made === undefined || 'facts' in made ? [] : [refusal(row, wordsOf(made.code, made.detail))]

const wordsOf = (code: ErrorCode, detail: string | null): string => `${messages[code].title} ${detail ?? ''}`.trim()
