import type { AuthorityListRow, CrlRow, Horizon, IssuedRow } from '#electron/database/authority-tables'
import { isDatedAhead } from '#shared/logic/crl-dates'
import { DAY_MS } from '#shared/logic/day'
import { isListDue } from '#shared/logic/expiring/find'
import { hasEnded } from '#shared/logic/expiry'
import type { AuthoritySummary, CrlSummary, IssuedCertificate, IssuedStatus } from '#shared/model/authority'

/** The summary of one issuer, derived from its record. */
export function summarise(row: AuthorityListRow, now: Date): AuthoritySummary {
  const { id, name, parent, isRoot, algorithm, keyCode, hasKey, createdAt, notBefore, notAfter, sha256 } = row
  const { issued, revoked, revocations, successor, archivedAt, crl, signer } = row
  return {
    id,
    name,
    parent,
    isRoot,
    algorithm,
    keyCode,
    hasKey,
    signer: signer === null ? null : { address: signer.address, label: signer.label, profile: signer.profile },
    createdAt,
    notBefore,
    notAfter,
    sha256,
    issued,
    revoked,
    revocations,
    successor,
    archivedAt,
    crl: crl === null ? null : crlSummary(crl),
    crlDue: crlDue(row, now),
    needsLastCrl: row.hasKey && row.lastCrl === 'needed',
  }
}

const crlSummary = ({ number, thisUpdate, nextUpdate, entries }: CrlRow): CrlSummary => ({
  number: number?.toString() ?? null,
  thisUpdate,
  nextUpdate,
  entries,
})

/** Counted, not dated: a revocation in the very second of the last list must not be forgotten. */
function crlDue({ hasKey, notAfter, unlisted, crl }: AuthorityListRow, now: Date): AuthoritySummary['crlDue'] {
  if (!hasKey || Date.parse(notAfter) <= now.getTime()) return 'no'
  if (crl === null) return unlisted > 0 ? 'now' : 'no'
  if (unlisted > 0 || isOfNoUseYet(crl, now)) return 'now'
  // Without a date of the next list there is no telling when this one is too old.
  if (crl.nextUpdate === null) return 'soon'
  if (hasEnded(crl.nextUpdate, now)) return 'now'
  return isListDue({ begins: crl.thisUpdate, ends: crl.nextUpdate }, now) ? 'soon' : 'no'
}

/** By a clock that was ahead. Where a list of that date was published, the next one would have to be dated in the future too. */
function isOfNoUseYet({ thisUpdate, follows }: CrlRow, now: Date): boolean {
  const isAhead = (date: string | null) => date !== null && isDatedAhead(date, now)
  return isAhead(thisUpdate) && !isAhead(follows)
}

/** As for a person's own certificates: 30 days ahead, when Access' own notifications begin. */
export const horizonOf = (now: Date): Horizon => ({
  now: now.toISOString(),
  soon: new Date(now.getTime() + 30 * DAY_MS).toISOString(),
})

/** The database filters by the same rules (`issued-list.ts`). */
function statusOf({ revokedAt, notBefore, notAfter }: IssuedRow, { now, soon }: Horizon): IssuedStatus {
  if (revokedAt !== null) return 'revoked'
  if (notAfter <= now) return 'expired'
  if (notBefore > now) return 'not-yet-valid'
  return notAfter <= soon ? 'expiring' : 'valid'
}

export function issuedCertificate(row: IssuedRow, horizon: Horizon): IssuedCertificate {
  const { sha256, authority, serial, commonName, subject, keyCode } = row
  const { notBefore, notAfter, issuedAt, issuedElsewhere, keyMadeByIssuer, revokedAt, reason } = row
  return {
    sha256,
    authority,
    serial,
    commonName,
    subject,
    keyCode,
    notBefore,
    notAfter,
    issuedAt: issuedElsewhere ? null : issuedAt,
    keyMadeByIssuer,
    status: statusOf(row, horizon),
    revokedAt,
    reason,
  }
}
