import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange, PlanProblem } from '#shared/model/access-plan'
import type { AccessWish } from '#shared/model/access-wish'
import { changeAlerts, removeAlerts } from './change-alerts'
import { attachPolicies, detachPolicies, isReusable, refuseContradictions } from './change-applications'
import { addHostnames, createCas, removeHostnames, retireCas, setForwarding, wantedCas } from './change-cas'
import { changeGroups, changeReusablePolicies, wantedPolicies } from './change-policies'
import { stateDigest } from './digest'
import { createDraft } from './draft'

export type Changes = { changes: AccessChange[]; problems: [] } | { changes: null; problems: PlanProblem[] }

/**
 * What has to be done so that the account is as wished, in the order in which it is safe: first what lets in (CA without
 * hostnames, hostnames, settings, groups, policies, applications, expiry alerts), then a test, then what takes away (policies off
 * applications, hostnames off CAs, CAs, expiry alerts). Nothing that the wish does not mention is touched.
 */
export function changesFor(account: AccessAccount, wish: AccessWish, at: Date): Changes {
  const stale = staleness(account, wish, at)
  if (stale !== null) return { changes: null, problems: [stale] }
  const draft = createDraft(account)
  const cas = createCas(draft, wish, at)
  const hostnames = wantedCas(draft, wish, cas)
  addHostnames(draft, wish, cas, hostnames)
  setForwarding(draft, wish)
  const policies = wantedPolicies(draft, wish, changeGroups(draft, wish))
  changeReusablePolicies(
    draft,
    wish,
    policies.filter((policy) => isReusable(draft, wish, policy)),
  )
  refuseContradictions(draft, wish)
  attachPolicies(draft, wish, policies)
  changeAlerts(draft, wish)
  detachPolicies(draft, wish)
  removeHostnames(draft, wish, cas, hostnames)
  retireCas(draft, wish, cas)
  removeAlerts(draft, wish)
  return draft.problems.length > 0
    ? { changes: null, problems: [...draft.problems] }
    : { changes: [...draft.changes], problems: [] }
}

function staleness(account: AccessAccount, wish: AccessWish, at: Date): PlanProblem | null {
  if (wish.account !== account.id) return { kind: 'other-account' }
  if (wish.state === null) return null
  if (at.toISOString() > wish.state.expires) return { kind: 'wish-expired', expired: wish.state.expires }
  return wish.state.digest === stateDigest(account, wish.version) ? null : { kind: 'state-changed' }
}
