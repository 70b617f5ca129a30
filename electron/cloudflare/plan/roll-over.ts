import type { AccessAccount, AccessCa } from '#shared/model/access-account'
import { AccessWish } from '#shared/model/access-wish'
import type { Managed } from './managed'

/** How far a roll-over goes: both CAs side by side, or all the way. */
export type RollOverStage = 'overlap' | 'finish'

/**
 * The wish that replaces a CA: the new one joins the old one on every hostname (`overlap`), and after both were tested takes
 * its place, whereupon the old one is deleted (`finish`). Between the two, everybody changes certificates in their own time.
 */
export function rollOverWish(
  account: AccessAccount,
  old: AccessCa,
  next: { name: string; pem: string },
  stage: RollOverStage,
  managedElsewhere: Managed,
): AccessWish {
  const others = (hostname: string) =>
    account.cas.filter(({ id, hostnames }) => id !== old.id && hostnames.includes(hostname)).map(({ name }) => name)
  return AccessWish.parse({
    version: 1,
    account: account.id,
    cas: [next],
    hostnames: old.hostnames.map((hostname) => ({
      hostname,
      cas: [...new Set([...(stage === 'overlap' ? [old.name] : []), ...others(hostname), next.name])],
    })),
    managedElsewhere,
    retire: stage === 'finish' ? [old.name] : [],
  })
}
