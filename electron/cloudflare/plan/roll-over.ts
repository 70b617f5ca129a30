import { type AccessAccount, type AccessCa, isPracticeAccount } from '#shared/model/access-account'
import type { AccessRollOverStage } from '#shared/model/access-roll-over'
import { AccessWish, wishVersion } from '#shared/model/access-wish'
import { type Changes, changesFor } from './changes-for'
import { identifyCa } from './identify-ca'
import type { Managed } from './managed'
import { readCa } from './read-ca'

/** How far a roll-over goes: both CAs side by side, the old one off its hostnames, the old one deleted; or all the way at once. */
export type RollOverStage = AccessRollOverStage | 'finish'

/** A CA that is uploaded, or one that Access has. */
export type NextCa = { name: string; pem: string } | AccessCa

/** The changes that replace a CA by another one. With itself or one that may be the same there is nothing to replace. */
export function rollOver(
  account: AccessAccount,
  old: AccessCa,
  next: NextCa,
  stage: RollOverStage,
  managedElsewhere: Managed,
): Changes {
  const at = new Date(account.readAt)
  if (!('pem' in next)) {
    if (next.id === old.id) return { changes: null, problems: [{ kind: 'same-ca', name: old.name }] }
    return changesFor(account, rollOverWish(account, old, next, stage, managedElsewhere), at)
  }
  const reading = readCa(next.pem, at, { takesPractice: isPracticeAccount(account) })
  const wanted = { name: next.name, bundle: reading.ca?.bundle ?? [] }
  const { ca, isUnclear } = identifyCa([old], wanted)
  if (isUnclear) return { changes: null, problems: [{ kind: 'ca-unclear', name: next.name, existing: old.name }] }
  if (ca !== null) return { changes: null, problems: [{ kind: 'same-ca', name: old.name }] }
  // Another CA of that name would be taken for the new one, and off its hostnames.
  const there = identifyCa(account.cas, wanted).ca
  if (account.cas.some(({ id, name }) => name === next.name && id !== there?.id))
    return { changes: null, problems: [{ kind: 'ambiguous', what: 'CA', name: next.name }] }
  return changesFor(account, rollOverWish(account, old, next, stage, managedElsewhere), at)
}

/**
 * The wish that replaces a CA: the new one joins the old one on every hostname (`overlap`), and after both were tested takes
 * its place (`move`), whereupon the old one is deleted (`retire`; `finish` is both). Between overlap and move, everybody changes certificates in their own time.
 */
function rollOverWish(
  account: AccessAccount,
  old: AccessCa,
  next: NextCa,
  stage: RollOverStage,
  managedElsewhere: Managed,
): AccessWish {
  const others = (hostname: string) =>
    account.cas.filter(({ id, hostnames }) => id !== old.id && hostnames.includes(hostname)).map(({ name }) => name)
  return AccessWish.parse({
    version: wishVersion,
    account: account.id,
    cas: 'pem' in next ? [next] : [],
    hostnames: (stage === 'retire' ? [] : old.hostnames).map((hostname) => ({
      hostname,
      cas: [...new Set([...(stage === 'overlap' ? [old.name] : []), ...others(hostname), next.name])],
    })),
    managedElsewhere,
    retire: stage === 'finish' || stage === 'retire' ? [old.name] : [],
  })
}
