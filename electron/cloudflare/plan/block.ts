import type { AccessAccount, AccessApplication, AccessPolicy, AccessPolicyId } from '#shared/model/access-account'
import type { AccessChange, PlanProblem } from '#shared/model/access-plan'
import { AccessGroupId, type AccessRule, type AccessRules } from '#shared/model/access-rule'
import { readPattern } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/destinations'
import { namesGroup } from '../explain/mentioned'
import { addUnlessManaged, createDraft, oneNamed } from './draft'
import { isManagedPolicy, type Managed } from './managed'

/** The one group that holds the names of blocked certificates. */
export const blockGroupName = 'Latchkey: blocked certificates'

export interface Block {
  changes: AccessChange[]
  problems: PlanProblem[]
  /** Applications that let people in without asking any policy that could exclude them, or by one that is managed elsewhere. */
  notCovered: string[]
}

/**
 * Refuses certificates by their Common Name, everywhere: Access reads no revocation list, and a Block policy would come after
 * Service Auth. So one group of names is excluded by every policy that lets in (Service Auth and Allow) of every application on
 * a hostname with a CA. The first block writes those policies; later ones write the group alone. Names stay in it, so that a
 * replacement with the same name is blocked, too.
 *
 * @param managed What is left to somebody else's tool, and then not covered.
 */
export function blockNames(account: AccessAccount, names: string[], managed: Managed): Block {
  const draft = createDraft(account)
  const { one: existing, isAmbiguous } = oneNamed(draft, 'group', account.groups ?? [], blockGroupName)
  if (account.groups === null) draft.refuse({ kind: 'not-read', what: 'group', name: blockGroupName })
  if (existing !== null && !isListOfNames(existing.rules)) draft.refuse({ kind: 'other-rules', name: blockGroupName })
  const id = existing?.id ?? AccessGroupId.parse(draft.newId())
  const known = existing?.rules.include ?? []
  const blocked = known.flatMap((rule) => (rule.kind === 'common-name' ? [rule.name] : []))
  const added = [...new Set(names)]
    .filter((name) => !blocked.includes(name))
    .map((name): AccessRule => ({ kind: 'common-name', name }))
  if (account.groups !== null && !isAmbiguous && added.length > 0) {
    const rules: AccessRules = { include: [...known, ...added], require: [], exclude: [] }
    const change =
      existing === null
        ? ({ kind: 'create-group', id, name: blockGroupName, rules } as const)
        : ({ kind: 'update-group', id, rules } as const)
    const isManaged = managed.groups.includes(blockGroupName)
    addUnlessManaged(draft, isManaged, { what: 'group', name: blockGroupName }, change)
  }
  const guarded = applicationsWithCa(account)
  const left = new Set<AccessPolicyId>()
  for (const name of unreadIn(account, guarded)) draft.refuse({ kind: 'not-read', what: 'policy', name })
  for (const policy of attachedTo(account, guarded)) {
    const { decision, rules } = policy
    if (decision === 'unknown') draft.refuse({ kind: 'not-read', what: 'policy', name: policy.name })
    if (decision !== 'allow' && decision !== 'non_identity') continue
    if (namesGroup(rules.exclude, id)) continue
    if (isManagedPolicy(draft, managed, policy)) {
      left.add(policy.id)
      continue
    }
    const exclude: AccessRule[] = [...rules.exclude, { kind: 'group', group: id }]
    draft.add({ kind: 'update-policy', id: policy.id, decision, rules: { ...rules, exclude } })
  }
  return {
    changes: [...draft.changes],
    problems: [...draft.problems],
    notCovered: notCoveredOf(account, guarded, left),
  }
}

/** With any further rule, a name in the group would not say that its certificates are blocked, or others would be. */
const isListOfNames = ({ include, require, exclude }: AccessRules): boolean =>
  include.every(({ kind }) => kind === 'common-name') && require.length === 0 && exclude.length === 0

/**
 * Applications where a certificate can be presented at all: on a hostname of their own, by an asterisk, or in front of a Worker,
 * whose hostnames the API does not tell.
 */
function applicationsWithCa({ cas, applications }: AccessAccount): AccessApplication[] {
  const hostnames = cas.flatMap((ca) => ca.hostnames)
  return applications.filter(
    (application) =>
      guardsHostnames(application) &&
      application.destinations.some(
        (one) =>
          (one.kind === 'public' && hostnames.some((name) => mayCover(one.uri, name))) ||
          (one.kind === 'worker' && hostnames.length > 0),
      ),
  )
}

function mayCover(uri: string, hostname: string): boolean {
  const { labels } = readPattern(uri)
  const asked = hostname.split('.')
  return labels.length === asked.length && labels.every((label, index) => label.includes('*') || label === asked[index])
}

function attachedTo(account: AccessAccount, applications: AccessApplication[]): AccessPolicy[] {
  const linked = new Set(applications.flatMap(({ policies }) => policies.map(({ policy }) => policy)))
  return account.policies.filter(({ id }) => linked.has(id))
}

/** Ids of attached policies that are not among those that were read. */
function unreadIn({ policies }: AccessAccount, applications: AccessApplication[]): string[] {
  const read = new Set(policies.map(({ id }) => id))
  const linked = new Set(applications.flatMap((one) => one.policies.map(({ policy }) => policy)))
  return [...linked].filter((id) => !read.has(id))
}

function notCoveredOf(
  account: AccessAccount,
  applications: AccessApplication[],
  left: ReadonlySet<AccessPolicyId>,
): string[] {
  return applications
    .filter((application) => {
      const isBypassed = attachedTo(account, [application]).some(({ decision }) => decision === 'bypass')
      const isOpen = application.destinations.some((one) => one.kind === 'public' && one.overrides.length > 0)
      return isBypassed || isOpen || application.policies.some(({ policy }) => left.has(policy))
    })
    .map(({ name }) => name)
}
