import { mapInTurns } from '#electron/platform/in-turns'
import { alertObstacle, destinationWords } from '#shared/logic/access/alert-words'
import { decisionWords, namesOf, rulesWords } from '#shared/logic/access/rule-words'
import { whoWords } from '#shared/logic/access/who-words'
import type { AccessAccount, AccessAlerting, AccessApplication, AccessPolicy } from '#shared/model/access-account'
import type { Drift } from '#shared/model/access-look'
import type { AccessOverview, AccessRow } from '#shared/model/access-screen'
import type { HostStatus } from '#shared/model/access-status'
import type { Instant } from '#shared/model/ids'
import { readPattern } from './explain/address-patterns'
import { guardsHostnames } from './explain/destinations'
import { policiesInOrder } from './explain/evaluate-policies'
import { foreseeAt } from './explain/explain'
import { findApplication } from './explain/find-application'
import { type ChangesOf, openChanges } from './row-changes'
import { caStatuses, type LocalKnowledge, openHostStatuses } from './status'

type Lists = Pick<AccessOverview, 'rows' | 'cas' | 'applications' | 'policies' | 'groups' | 'alerting'>

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
    alerting: account.alerting && alertingOf(account.alerting),
  }

  function wordsOf({ decision, rules }: AccessPolicy): string {
    return `${decisionWords[decision]}: ${rulesWords(rules, names)}`
  }
}

const alertingOf = (alerting: AccessAlerting): AccessOverview['alerting'] => ({
  alerts: alerting.alerts.map(({ fetched: _fetched, ...alert }) => ({
    ...alert,
    words: destinationWords(alert.destinations, alerting.known),
  })),
  obstacle: alertObstacle(alerting),
  ...choosable(alerting),
})

/** What an alert can be sent to besides addresses. */
const choosable = ({ destinations, known }: AccessAlerting) => ({
  webhooks: destinations.webhooks?.isEligible === false ? [] : (known.webhooks ?? []),
  pagerduty: destinations.pagerduty?.isEligible === false ? [] : (known.pagerduty ?? []),
})

const addressOf = ({ hostname, path }: AccessRow) => `${hostname}${path}`

const urisOf = ({ destinations }: AccessApplication): string[] =>
  destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))

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
