import type { AccessAccount, AccessApplication } from '#shared/model/access-account'
import type { Drift, RowChange } from '#shared/model/access-look'
import { readPattern } from './explain/address-patterns'
import { groupsById, policiesById } from './explain/lookup'
import { rulesWithGroups } from './explain/mentioned'

export type ChangesOf = (hostname: string, application: AccessApplication | null) => RowChange[]

/** What the drift says about a hostname: its CAs, its setting, its application with the policies and groups that count there. */
export function openChanges(account: AccessAccount, drift: Drift[]): ChangesOf {
  const policies = policiesById(account)
  const groups = groupsById(account)
  const changed = (what: Drift['what']) => new Map(drift.filter((one) => one.what === what).map((one) => [one.id, one]))
  const [ofPolicies, ofGroups, ofApplications] = [changed('policy'), changed('group'), changed('application')]
  const gone = drift.filter(({ what, change }) => what === 'application' && change === 'removed')
  const about = (what: Drift['what'], hostname: string) =>
    drift.some(
      (one) => one.what === what && one.addresses.some((uri) => hostOf(uri) === hostname) && isListed(one, hostname),
    )

  return (hostname, application) => {
    const found: RowChange[] = []
    if (about('CA', hostname)) found.push('ca-changed')
    if (about('hostname', hostname)) found.push('setting-changed')
    if (gone.some(({ addresses }) => addresses.some((uri) => hostOf(uri) === hostname))) found.push('application-gone')
    if (application === null) return found
    const own = ofApplications.get(application.id)
    if (own !== undefined) found.push(applicationChange(own))
    for (const { policy: id } of application.policies) {
      if (ofPolicies.get(id)?.change === 'changed') found.push('policy-changed')
      const rules = policies.get(id)?.rules
      const named = rules === undefined ? [] : rulesWithGroups(rules, groups)
      if (named.some((rule) => rule.kind === 'group' && ofGroups.has(rule.group))) found.push('group-changed')
    }
    return [...new Set(found)]
  }
}

/** A CA that lost or gained another hostname has not changed for this one. */
function isListed({ what, change, fields, before, after }: Drift, hostname: string): boolean {
  if (what !== 'CA' || change !== 'changed' || fields.some((field) => field !== 'hostnames')) return true
  const has = (words: string | null) => words?.split(', ').includes(hostname) ?? false
  return has(before) !== has(after)
}

const hostOf = (uri: string): string => readPattern(uri).labels.join('.')

function applicationChange({ change, fields, before, after }: Drift): RowChange {
  if (change === 'added') return 'application-new'
  if (fields.join() !== 'policies' || before === null || after === null) return 'application-changed'
  const [old, now] = [before, after].map((words) => new Set(words.split(', ')))
  const isMore = [...(now ?? [])].some((name) => !old?.has(name))
  const isLess = [...(old ?? [])].some((name) => !now?.has(name))
  if (isMore === isLess) return 'application-changed'
  return isMore ? 'policy-added' : 'policy-removed'
}
