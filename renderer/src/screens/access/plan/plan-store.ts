import type { AccessPlanView, AccessRun } from '#shared/model/access-screen'
import { call } from '../../../api'
import { createStore } from '../../../store'

/**
 * What the page of a plan shows: a plan to look at, or one that was begun, with the error that ended it just now. It waits there
 * while the person goes elsewhere.
 */
type ShownPlan = { kind: 'plan'; plan: AccessPlanView } | { kind: 'run'; run: AccessRun; error?: unknown } | null

export const shownPlan = createStore<ShownPlan>(null)

/** A plan that was called off, or that an error has ended, may have been begun, or have come further. */
export async function latestRun(isIt: (run: AccessRun) => boolean): Promise<AccessRun | null> {
  const runs = await call('cloudflare.runs', undefined).catch(() => [])
  return runs.find(isIt) ?? null
}
