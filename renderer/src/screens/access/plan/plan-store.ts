import type { AccessPlanView, AccessRun } from '#shared/model/access-screen'
import { createStore } from '../../../store'

/** What the page of a plan shows: a plan to look at, or one that was begun. It waits there while the person goes elsewhere. */
type ShownPlan = { kind: 'plan'; plan: AccessPlanView } | { kind: 'run'; run: AccessRun } | null

export const shownPlan = createStore<ShownPlan>(null)
