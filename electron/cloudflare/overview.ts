import { mapInTurns } from '#electron/platform/in-turns'
import { decisionWords, namesOf, rulesWords } from '#shared/logic/access/rule-words'
import { whoWords } from '#shared/logic/access/who-words'
import type { AccessAccount, AccessApplication, AccessPolicy } from '#shared/model/access-account'
import type { Drift } from '#shared/model/access-look'
import type { AccessOverview, AccessRow, RowChange } from '#shared/model/access-screen'
import type { HostStatus } from '#shared/model/access-status'
import type { Instant } from '#shared/model/ids'
import { readPattern } from './explain/address-patterns'
import { guardsHostnames } from './explain/destinations'
import { policiesInOrder } from './explain/evaluate-policies'
import { foreseeAt } from './explain/explain'
import { findApplication } from './explain/find-application'
import { groupsById, policiesById } from './explain/lookup'
import { rulesWithGroups } from './explain/mentioned'
import { caStatuses, type LocalKnowledge, openHostStatuses } from './status'

type Lists = Pick<AccessOverview, 'rows' | 'cas' | 'applications' | 'policies' | 'groups'>

/** Everything that the screen shows of an account, in words. `at`: when somebody asks to be let in. */
export async function overviewOf(
  account: AccessAccount,
  local: LocalKnowledge,
  drift: Drift[],
  at: Instant,
): Promise<Lists> {
  const now = new Date(at)
  const names = namesOf(account)
  const { hostnames, statusOf } = openHostStatuses(account, local, now)
  const changesOf = openChanges(account, drift)
  const rows = await mapInTurns(hostnames, (hostname) => rowsOf(account, statusOf(hostname), changesOf, at))
  return {
    rows: rows.flat().sort((one, other) => (addressOf(one) < addressOf(other) ? -1 : 1)),
    cas: caStatuses(account, local, now),
    applications: account.applications.filter(guardsHostnames).map((application) => ({
      id: application.id,
      name: application.name,
      addresses: urisOf(application),
      policies: policiesInOrder(account, application).map(({ id, policy }) => ({
        id,
        name: policy?.name ?? null,
        decision: policy?.decision ?? 'unknown',
        words: policy === null ? 'Could not be read' : wordsOf(policy),
      })),
    })),
    policies: account.policies.map((policy) => ({
      id: policy.id,
      name: policy.name,
      decision: policy.decision,
      words: wordsOf(policy),
      isReusable: policy.application === null,
      usedBy: account.applications
        .filter(({ policies }) => policies.some((link) => link.policy === policy.id))
        .map(({ name }) => name),
    })),
    groups: account.groups?.map(({ id, name, rules }) => ({ id, name, words: rulesWords(rules, names) })) ?? null,
  }

  function wordsOf({ decision, rules }: AccessPolicy): string {
    return `${decisionWords[decision]}: ${rulesWords(rules, names)}`
  }
}

const addressOf = ({ hostname, path }: AccessRow) => `${hostname}${path}`

const urisOf = ({ destinations }: AccessApplication): string[] =>
  destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))

type ChangesOf = (hostname: string, application: AccessApplication | null) => RowChange[]

/** One for each part of the hostname that has rules of its own; one without an application where there is none. */
function rowsOf(account: AccessAccount, status: HostStatus, changesOf: ChangesOf, at: Instant): AccessRow[] {
  const { hostname, cas, forwarding, lastTest, problems } = status
  const shared = { hostname, cas, forwarding, lastTest, problems }
  const paths = new Set(
    status.applications.flatMap(({ id, uris }) => {
      const application = account.applications.find((one) => one.id === id)
      return [
        ...uris.map((uri) => readPattern(uri).path),
        ...(application === undefined ? [] : openPathsOf(application)),
      ]
    }),
  )
  if (!paths.has('')) paths.add('')
  return [...paths].map((path): AccessRow => {
    const address = { hostname: hostname.replaceAll('*', 'any'), path: path === '' ? '/' : path.replaceAll('*', 'any') }
    const { candidates } = findApplication(account, address)
    const [covering = null] = candidates
    const application = covering?.application ?? null
    const nobody = foreseeAt(account, address, at)({ certificate: null, serviceToken: null })
    const policies =
      application === null
        ? null
        : policiesInOrder(account, application).map(({ policy }) => ({
            decision: policy?.decision ?? ('unknown' as const),
            rules: policy?.rules ?? null,
          }))
    const isPublicPath = covering?.override?.behavior === 'public'
    return {
      ...shared,
      path,
      application: application && { id: application.id, name: application.name },
      isOpen: nobody.verdict === 'let-in',
      who:
        candidates.length > 1
          ? 'Not certain: several applications cover this address'
          : whoWords({ policies, nobody, hasCa: cas.length > 0, isPublicPath }, namesOf(account)),
      changes: changesOf(hostname, application),
    }
  })
}

/** Parts that an application leaves open. */
const openPathsOf = ({ destinations }: AccessApplication): string[] =>
  destinations.flatMap((one) =>
    one.kind === 'public' ? one.overrides.map(({ path }) => (path.startsWith('/') ? path : `/${path}`)) : [],
  )

/** What the drift says about a row: its CAs, its setting, its application with the policies and groups that count there. */
function openChanges(account: AccessAccount, drift: Drift[]): ChangesOf {
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
