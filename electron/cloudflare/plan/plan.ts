import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange, AccessPlan, PlanStep } from '#shared/model/access-plan'
import type { Instant } from '#shared/model/ids'
import { stateDigest } from './digest'
import { confirmationsFor, risksOf } from './risks'
import { simulate } from './simulate'
import { whoGetsIn } from './who-gets-in'

/**
 * Changes with all that a person should know before they are made: what may go wrong with each, which of them ask for the
 * hostname to be typed, and who gets in before and after.
 *
 * @param at When the certificates are presented for which the plan says who gets in.
 */
export function planOf(account: AccessAccount, changes: AccessChange[], at: Instant): AccessPlan {
  let current = account
  const steps = changes.map((change): PlanStep => {
    const after = simulate(current, change)
    const risks = risksOf(change, current, after)
    current = after
    return { change, risks, confirm: confirmationsFor(risks) }
  })
  const { id, readAt } = account
  return { account: id, readAt, digest: stateDigest(account), steps, visitors: whoGetsIn(account, current, at) }
}
