import {
  type AccessApplication,
  AccessApplicationId,
  AccessPolicyId,
  type PolicyLink,
} from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'
import { sameAddress } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/destinations'
import { ownPolicies, reusablePolicies, updatePolicy, type WantedPolicy } from './change-policies'
import { addUnlessManaged, type Draft, type Lookup, lookUp, oneNamed } from './draft'
import { isManagedAddress, isManagedApplication } from './managed'
import { acceptable, linksBehind } from './policy-links'

type WishedApplication = AccessWish['applications'][number]

/** The most that Access accepts. */
const MAX_APPLICATIONS = 500

/** The application with exactly this address. */
const applicationAt = (draft: Draft, domain: string): Lookup<AccessApplication> =>
  lookUp(
    draft,
    'application',
    draft.account().applications.filter((one) => isAt(one, domain)),
    domain,
  )

const isAt = (application: AccessApplication, domain: string): boolean =>
  guardsHostnames(application) &&
  application.destinations.some((it) => it.kind === 'public' && sameAddress(it.uri, domain))

/** Whether the wish attaches the policy to an application that takes reusable ones, or to none at all. */
export function isReusable(draft: Draft, wish: AccessWish, { name }: WantedPolicy): boolean {
  const users = wish.applications.filter(({ attach }) => attach.includes(name))
  return users.length === 0 || users.some(({ domain }) => !hasOwnPolicies(draft, domain))
}

function hasOwnPolicies(draft: Draft, domain: string): boolean {
  const application = draft.account().applications.find((one) => isAt(one, domain))
  return application !== undefined && ownPolicies(draft, application).length > 0
}

/** One application may stand in the wish under several of its addresses. */
export function refuseContradictions(draft: Draft, wish: AccessWish): void {
  for (const application of draft.account().applications) {
    const wished = wish.applications.filter(({ domain }) => isAt(application, domain))
    const detached = new Set(wished.flatMap(({ detach }) => detach))
    for (const policy of wished.flatMap(({ attach }) => attach))
      if (detached.has(policy)) draft.refuse({ kind: 'contradiction', application: application.name, policy })
  }
}

/** Adds the policies that are missing behind those that are there; nobody's order changes. Creates what does not exist. */
export function attachPolicies(draft: Draft, wish: AccessWish, wanted: WantedPolicy[]): void {
  for (const wished of wish.applications) {
    const { one: application, isAmbiguous } = applicationAt(draft, wished.domain)
    if (isAmbiguous) continue
    if (application === null) createApplication(draft, wish, wished)
    else if (ownPolicies(draft, application).length > 0) attachOwn(draft, wish, wished, application, wanted)
    else attachReusable(draft, wish, wished, application)
  }
  if (draft.account().applications.length > MAX_APPLICATIONS)
    draft.refuse({ kind: 'too-many', what: 'application', limit: MAX_APPLICATIONS })
}

function createApplication(draft: Draft, wish: AccessWish, { domain, name, attach }: WishedApplication): void {
  // There is nothing to detach from an application that does not exist.
  if (name === null) {
    if (attach.length > 0) draft.refuse({ kind: 'application-without-name', domain })
    return
  }
  const id = AccessApplicationId.parse(draft.newId())
  const policies = linksBehind([], policiesNamed(draft, attach))
  const change = { kind: 'create-application', id, name, domain, policies } as const
  const isManaged = isManagedAddress(wish.managedElsewhere, domain)
  addUnlessManaged(draft, isManaged, { what: 'application', name: domain }, change)
}

function attachReusable(
  draft: Draft,
  wish: AccessWish,
  wished: WishedApplication,
  application: AccessApplication,
): void {
  const isMissing = (id: AccessPolicyId) => !application.policies.some(({ policy }) => policy === id)
  const missing = policiesNamed(draft, wished.attach).filter(isMissing)
  if (missing.length > 0) setPolicies(draft, wish, wished, application, linksBehind(application.policies, missing))
}

const policiesNamed = (draft: Draft, names: string[]): AccessPolicyId[] =>
  names.flatMap((name) => {
    const { one: policy, isAmbiguous } = oneNamed(draft, 'policy', reusablePolicies(draft), name)
    if (policy === null && !isAmbiguous) draft.refuse({ kind: 'not-found', what: 'policy', name })
    return policy?.id ?? []
  })

function setPolicies(
  draft: Draft,
  wish: AccessWish,
  { domain }: WishedApplication,
  application: AccessApplication,
  policies: PolicyLink[],
): void {
  const about = { what: 'application', name: domain } as const
  const change = { kind: 'set-application-policies', id: application.id, policies: acceptable(policies) } as const
  addUnlessManaged(draft, isManagedApplication(wish.managedElsewhere, application), about, change)
}

/** In an application with policies of its own, each policy of the wish is one more of them. */
function attachOwn(
  draft: Draft,
  wish: AccessWish,
  { domain, attach }: WishedApplication,
  application: AccessApplication,
  wanted: WantedPolicy[],
): void {
  for (const name of attach) {
    const { one: existing, isAmbiguous } = oneNamed(draft, 'policy', ownPolicies(draft, application), name)
    if (isAmbiguous) continue
    const policy = wanted.find((one) => one.name === name) ?? copyOfReusable(draft, name)
    if (policy === null && existing !== null) continue
    if (policy === null) draft.refuse({ kind: 'not-found', what: 'policy', name })
    else if (existing !== null) updatePolicy(draft, wish, existing, policy)
    else {
      const links = draft.account().applications.find(({ id }) => id === application.id)?.policies ?? []
      const [added] = linksBehind(links, [AccessPolicyId.parse(draft.newId())]).slice(-1)
      if (added === undefined) continue
      const place = { id: application.id, precedence: added.precedence }
      const change = { kind: 'create-policy', id: added.policy, application: place, ...policy } as const
      const isManaged = isManagedApplication(wish.managedElsewhere, application)
      addUnlessManaged(draft, isManaged, { what: 'application', name: domain }, change)
    }
  }
}

/** What a reusable policy of that name says. */
function copyOfReusable(draft: Draft, name: string): WantedPolicy | null {
  const policy = reusablePolicies(draft).find((one) => one.name === name)
  if (policy === undefined || policy.decision === 'unknown') return null
  return { name, decision: policy.decision, rules: policy.rules }
}

/** Takes policies off an application. One that only it has would be deleted by that, so it is refused. */
export function detachPolicies(draft: Draft, wish: AccessWish): void {
  for (const wished of wish.applications) {
    if (wished.detach.length === 0) continue
    const { one: application } = applicationAt(draft, wished.domain)
    if (application === null) continue
    const own = ownPolicies(draft, application).find(({ name }) => wished.detach.includes(name))
    if (own !== undefined) draft.refuse({ kind: 'own-policy', application: application.name, policy: own.name })
    const attached = reusablePolicies(draft).filter(({ id }) =>
      application.policies.some(({ policy }) => policy === id),
    )
    const unwanted = wished.detach.map((name) => oneNamed(draft, 'policy', attached, name).one?.id)
    const left = application.policies.filter(({ policy }) => !unwanted.includes(policy))
    if (left.length < application.policies.length) setPolicies(draft, wish, wished, application, left)
  }
}
