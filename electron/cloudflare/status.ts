import { type AccessNames, decisionWords, namesOf, rulesWords } from '#shared/logic/access/rule-words'
import { daysLeft } from '#shared/logic/expiry'
import type { AccessAccount, AccessApplication, AccessCa, Md5 } from '#shared/model/access-account'
import type { AccessRule } from '#shared/model/access-rule'
import type { CaState, CaStatus, HostProblem, HostStatus } from '#shared/model/access-status'
import { type AddressPattern, covers, readPattern } from './explain/address-patterns'
import { guardsHostnames } from './explain/destinations'
import { policiesInOrder } from './explain/evaluate-policies'
import { casOn, groupsById } from './explain/lookup'
import { rulesWithGroups } from './explain/mentioned'

/** What this computer knows about the same hostnames and CAs. */
export interface LocalKnowledge {
  /** The issuers here, by the MD5 of their certificates. */
  issuers: ReadonlyMap<Md5, string>
  lastTests: ReadonlyMap<string, HostStatus['lastTest']>
}

/** Cloudflare's own notification is sent 30 days ahead, too. */
const SOON_DAYS = 30

export const caStatuses = (account: AccessAccount, { issuers }: LocalKnowledge, now: Date): CaStatus[] =>
  account.cas.map(({ id, name, fingerprint, expiresOn, hostnames }) => ({
    id,
    name,
    fingerprint,
    issuer: fingerprint === null ? null : (issuers.get(fingerprint) ?? null),
    expiresOn,
    state: stateOf(expiresOn, now),
    hostnames,
  }))

function stateOf(expiresOn: AccessCa['expiresOn'], now: Date): CaState {
  if (expiresOn === null) return 'unknown'
  if (Date.parse(expiresOn) <= now.getTime()) return 'expired'
  return daysLeft(expiresOn, now) <= SOON_DAYS ? 'expires-soon' : 'valid'
}

/** One row for each hostname that a CA, a setting or an application names, in alphabetical order. */
export function hostStatuses(account: AccessAccount, local: LocalKnowledge, now: Date): HostStatus[] {
  const { hostnames, statusOf } = openHostStatuses(account, local, now)
  return hostnames.map(statusOf)
}

/** The same, one hostname at a time: an account has a thousand of them. */
export function openHostStatuses(
  account: AccessAccount,
  local: LocalKnowledge,
  now: Date,
): { hostnames: string[]; statusOf(hostname: string): HostStatus } {
  const cas = new Map(caStatuses(account, local, now).map((ca) => [ca.id, ca]))
  const names = namesOf(account)
  const destinations = account.applications.flatMap(destinationsOf)
  const at = destinationsByHostname(destinations)
  const settings = new Map(account.settings.map((one) => [one.hostname, one]))
  const statusOf = (hostname: string): HostStatus => {
    const own = casOn(account, hostname).flatMap(({ id }) => cas.get(id) ?? [])
    const here = at(hostname)
    const applications = [...new Set(here.map(({ application }) => application))]
    const setting = settings.get(hostname)
    return {
      hostname,
      cas: own.map(({ id, name, issuer, expiresOn, state }) => ({ id, name, issuer, expiresOn, state })),
      applications: applications.map((application) => {
        const uris = here.flatMap((one) => (one.application === application ? [one.uri] : []))
        return { ...applicationStatus(account, application, names), uris }
      }),
      forwarding: setting?.forwarding ?? null,
      lastTest: local.lastTests.get(hostname) ?? null,
      problems: problemsOf(account, { cas: own, applications, hasSetting: setting !== undefined }),
    }
  }
  return { hostnames: hostnamesIn(account, destinations), statusOf }
}

interface Destination {
  application: AccessApplication
  uri: string
  /** Of every path: an application of a part of a site is one of its hostname. */
  pattern: AddressPattern
}

function destinationsOf(application: AccessApplication): Destination[] {
  if (!guardsHostnames(application)) return []
  return application.destinations.flatMap((one) =>
    one.kind === 'public' ? [{ application, uri: one.uri, pattern: { ...readPattern(one.uri), path: '' } }] : [],
  )
}

const isAt = (pattern: AddressPattern, hostname: string): boolean => covers(pattern, { hostname, path: '/' })

const hasAsterisk = ({ pattern }: Destination): boolean => pattern.labels.some((label) => label.includes('*'))

const nameOf = ({ pattern }: Destination): string => pattern.labels.join('.')

/** In the order of the account. Only those with an asterisk are compared one by one. */
function destinationsByHostname(destinations: Destination[]): (hostname: string) => Destination[] {
  const places = new Map(destinations.map((one, place) => [one, place]))
  const wild = destinations.filter(hasAsterisk)
  const plain = new Map<string, Destination[]>()
  for (const one of destinations)
    if (!hasAsterisk(one)) plain.set(nameOf(one), [...(plain.get(nameOf(one)) ?? []), one])
  return (hostname) =>
    [
      ...(plain.get(hostname) ?? []),
      ...wild.filter((one) => nameOf(one) === hostname || isAt(one.pattern, hostname)),
    ].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0))
}

function hostnamesIn(account: AccessAccount, destinations: Destination[]): string[] {
  const named = new Set([...account.cas.flatMap((ca) => ca.hostnames), ...account.settings.map((one) => one.hostname)])
  const isNamed = (one: Destination) =>
    hasAsterisk(one) ? [...named].some((hostname) => isAt(one.pattern, hostname)) : named.has(nameOf(one))
  const unnamed = destinations.filter((one) => !isNamed(one))
  return [...new Set([...named, ...unnamed.map(nameOf)])].sort()
}

const applicationStatus = (account: AccessAccount, application: AccessApplication, names: AccessNames) => ({
  id: application.id,
  name: application.name,
  policies: policiesInOrder(account, application).map(({ id, policy }) => ({
    id,
    name: policy?.name ?? null,
    decision: policy?.decision ?? ('unknown' as const),
    words:
      policy === null ? 'could not be read' : `${decisionWords[policy.decision]}: ${rulesWords(policy.rules, names)}`,
  })),
})

interface Row {
  cas: CaStatus[]
  applications: AccessApplication[]
  hasSetting: boolean
}

function problemsOf(account: AccessAccount, { cas, applications, hasSetting }: Row): HostProblem[] {
  const problems: HostProblem[] = []
  if (cas.some(({ state }) => state === 'expired')) problems.push('ca-expired')
  if (cas.some(({ state }) => state === 'expires-soon')) problems.push('ca-expires-soon')
  if (hasSetting && cas.length === 0) problems.push('setting-without-ca')
  const asks = asksForCertificate(account, applications)
  if (cas.length === 0 && asks === 'yes') problems.push('no-ca')
  if (cas.length > 0 && applications.length === 0 && !hasWorkers(account)) problems.push('no-application')
  if (cas.length > 0 && applications.length > 0 && asks === 'no') problems.push('no-certificate-rule')
  return problems
}

/** An application in front of a Worker covers hostnames that this part of the API does not tell. */
const hasWorkers = ({ applications }: AccessAccount) =>
  applications.some(({ destinations }) => destinations.some(({ kind }) => kind === 'worker'))

/** `unknown` where a policy, a group or a rule could not be read or is not known. */
function asksForCertificate(account: AccessAccount, applications: AccessApplication[]): 'yes' | 'no' | 'unknown' {
  const groups = groupsById(account)
  const attached = applications.flatMap((application) => policiesInOrder(account, application))
  const rules = attached.flatMap(({ policy }) => (policy === null ? [] : rulesWithGroups(policy.rules, groups)))
  if (rules.some(({ kind }) => kind === 'valid-certificate' || kind === 'common-name')) return 'yes'
  const isOpen = (rule: AccessRule) =>
    rule.kind === 'unknown' || (rule.kind === 'group' && groups?.has(rule.group) !== true)
  return attached.some(({ policy }) => policy === null) || rules.some(isOpen) ? 'unknown' : 'no'
}
