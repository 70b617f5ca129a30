import {
  type AccessAccount,
  type AccessApplication,
  type AccessPolicy,
  AlertDestinations,
} from '#shared/model/access-account'
import type { AccessChange, AccessRisk } from '#shared/model/access-plan'
import type { AccessRule } from '#shared/model/access-rule'
import { addedDestinations } from '../alerting'
import { isMoreSpecific, readPattern, sameAddress } from '../explain/address-patterns'
import { destinationsOf, guardsHostnames } from '../explain/destinations'
import { casOn, groupsById } from '../explain/lookup'
import { namesGroup, rulesWithGroups } from '../explain/mentioned'
import { canonicalJson } from './digest'
import { publicRoots } from './public-cas'

/** What may go wrong with a change although it works. `before` and `after` are the account around this one change. */
export function risksOf(change: AccessChange, before: AccessAccount, after: AccessAccount): AccessRisk[] {
  switch (change.kind) {
    case 'set-ca-hostnames':
      return associationRisks(change.id, before, after)
    case 'create-policy':
    case 'update-policy':
      return policyRisks(change.id, before, after)
    case 'create-application':
    case 'set-application-policies':
      return applicationRisks(change, before, after)
    case 'update-group':
      return usersOfGroup(change.id, before)
    case 'delete-ca':
    case 'delete-group':
    case 'delete-policy':
    case 'delete-application':
    case 'delete-alert':
      return [{ kind: 'irreversible', what: nameOf(change.id, before) }]
    case 'create-ca':
    case 'set-settings':
    case 'create-group':
    case 'test-hostname':
      return []
    case 'create-alert':
    case 'update-alert':
      return destinationRisks(change, before)
  }
}

/** What has to be typed before a step with these risks is taken: it locks people out, opens, or cannot be taken back. */
export const confirmationsFor = (risks: AccessRisk[]): string[] => risks.flatMap((risk) => confirmationFor(risk) ?? [])

function confirmationFor(risk: AccessRisk): string | null {
  switch (risk.kind) {
    case 'last-ca':
    case 'locks-out':
      return risk.hostname
    case 'irreversible':
      return risk.what
    case 'bypass':
    case 'everyone':
    case 'public-ca':
    case 'no-longer-counts':
      return risk.policy
    case 'several-cas':
    case 'more-specific':
    case 'path-override':
    case 'other-users':
    case 'destination-not-ready':
      return null
  }
}

const casOf = (account: AccessAccount, hostname: string): string[] => casOn(account, hostname).map(({ name }) => name)

function associationRisks(id: string, before: AccessAccount, after: AccessAccount): AccessRisk[] {
  const find = ({ cas }: AccessAccount) => cas.find((one) => one.id === id)
  const [old, now] = [find(before), find(after)]
  const removed = old?.hostnames.filter((hostname) => !now?.hostnames.includes(hostname)) ?? []
  const added = now?.hostnames.filter((hostname) => !old?.hostnames.includes(hostname)) ?? []
  return [
    ...removed.map((hostname): AccessRisk => {
      const isLast = casOf(after, hostname).length === 0
      return isLast ? { kind: 'last-ca', hostname } : { kind: 'locks-out', hostname, ca: old?.name ?? id }
    }),
    ...added.flatMap((hostname): AccessRisk[] => {
      const cas = casOf(after, hostname)
      return cas.length > 1 ? [{ kind: 'several-cas', hostname, cas }] : []
    }),
    ...added.flatMap((hostname) => publicCaRisks(after, hostname, policiesOn(after, hostname))),
  ]
}

const applicationsOf = (account: AccessAccount, policy: string): AccessApplication[] =>
  account.applications.filter(({ policies }) => policies.some((link) => link.policy === policy))

function policyRisks(id: string, before: AccessAccount, after: AccessAccount): AccessRisk[] {
  const policy = after.policies.find((one) => one.id === id)
  if (policy === undefined) return []
  const old = before.policies.find((one) => one.id === id)
  const users = applicationsOf(before, id)
  const hostnames = users.flatMap(hostnamesOf)
  const opening = [
    ...openness(policy, after),
    ...hostnames.flatMap((hostname) => publicCaRisks(after, hostname, [policy])),
  ]
  return [
    ...(old !== undefined && isNarrowed(old, policy) ? [] : opening),
    ...(old?.decision === 'deny' && policy.decision !== 'deny' ? users.map((user) => endOf(old, user)) : []),
    ...(users.length === 0
      ? []
      : [{ kind: 'other-users' as const, policy: policy.name, applications: users.map(({ name }) => name) }]),
  ]
}

/** A policy that lets in nobody whom it did not let in before, as when somebody is blocked, opens nothing. */
function isNarrowed(old: AccessPolicy, now: AccessPolicy): boolean {
  const hasAll = (rules: AccessRule[], others: AccessRule[]) => {
    const keys = new Set(rules.map(canonicalJson))
    return others.every((rule) => keys.has(canonicalJson(rule)))
  }
  return (
    old.decision === now.decision &&
    hasAll(old.rules.include, now.rules.include) &&
    hasAll(now.rules.require, old.rules.require) &&
    hasAll(now.rules.exclude, old.rules.exclude)
  )
}

const endOf = ({ name: policy, decision }: AccessPolicy, { name: application }: AccessApplication): AccessRisk => ({
  kind: 'no-longer-counts',
  policy,
  application,
  decision,
})

function openness(policy: AccessPolicy, account: AccessAccount): AccessRisk[] {
  const isEveryone = rulesWithGroups({ ...policy.rules, require: [], exclude: [] }, groupsById(account)).some(
    ({ kind }) => kind === 'everyone',
  )
  return [
    ...(policy.decision === 'bypass' ? [{ kind: 'bypass' as const, policy: policy.name }] : []),
    ...(isEveryone && policy.decision !== 'deny' ? [{ kind: 'everyone' as const, policy: policy.name }] : []),
  ]
}

/** Wildcards have no CA. */
const hostnamesOf = ({ destinations }: AccessApplication): string[] =>
  destinations.flatMap((one) => (one.kind === 'public' ? [readPattern(one.uri).labels.join('.')] : []))

function policiesOn(account: AccessAccount, hostname: string): AccessPolicy[] {
  const applications = destinationsOf(account, hostname).map(({ application }) => application)
  const linked = new Set(applications.flatMap(({ policies }) => policies.map(({ policy }) => policy)))
  return linked.size === 0 ? [] : account.policies.filter(({ id }) => linked.has(id))
}

/** "Valid Certificate" on a hostname whose CA is public admits every customer of that CA. */
function publicCaRisks(account: AccessAccount, hostname: string, policies: AccessPolicy[]): AccessRisk[] {
  const isPublic = casOn(account, hostname).find(({ fingerprint, bundle }) =>
    [...(bundle ?? []), ...(fingerprint === null ? [] : [fingerprint])].some((one) => publicRoots().has(one)),
  )
  if (isPublic === undefined) return []
  const groups = groupsById(account)
  return policies
    .filter(({ rules }) => rulesWithGroups({ ...rules, require: [], exclude: [] }, groups).some(isAnyCertificate))
    .map(({ name }) => ({ kind: 'public-ca' as const, policy: name, ca: isPublic.name }))
}

const isAnyCertificate = ({ kind }: { kind: string }): boolean => kind === 'valid-certificate'

/** What of the address does not meet the application: parts that belong to others, and parts that are open. */
function applicationRisks(
  change: Extract<AccessChange, { kind: 'create-application' | 'set-application-policies' }>,
  before: AccessAccount,
  after: AccessAccount,
): AccessRisk[] {
  const application = after.applications.find(({ id }) => id === change.id)
  if (application === undefined) return []
  const linkedBefore = before.applications.find(({ id }) => id === change.id)?.policies ?? []
  const added = change.policies.filter(({ policy }) => !linkedBefore.some((link) => link.policy === policy))
  const policies = after.policies.filter(({ id }) => added.some(({ policy }) => policy === id))
  const removed = linkedBefore.filter(({ policy }) => !change.policies.some((link) => link.policy === policy))
  const ended = before.policies.filter(({ id }) => removed.some(({ policy }) => policy === id))
  const hostnames = hostnamesOf(application)
  return [
    ...ended.map((policy) => endOf(policy, application)),
    ...uncovered(application, after),
    ...policies.flatMap((policy) => openness(policy, after)),
    ...hostnames.flatMap((hostname) => publicCaRisks(after, hostname, policies)),
  ]
}

function uncovered(application: AccessApplication, account: AccessAccount): AccessRisk[] {
  const others = account.applications.filter((one) => one.id !== application.id && guardsHostnames(one))
  return application.destinations.flatMap((destination): AccessRisk[] => {
    if (destination.kind !== 'public') return []
    const { uri: domain } = destination
    return [
      ...destination.overrides.map(({ path }): AccessRisk => ({ kind: 'path-override', domain, path })),
      ...others.flatMap(({ name, destinations }) =>
        destinations.flatMap((one): AccessRisk[] => {
          if (one.kind !== 'public' || sameAddress(one.uri, domain)) return []
          const isInside = isMoreSpecific(readPattern(one.uri), readPattern(domain))
          return isInside ? [{ kind: 'more-specific', domain, application: name, uri: one.uri }] : []
        }),
      ),
    ]
  })
}

function usersOfGroup(id: string, account: AccessAccount): AccessRisk[] {
  const groups = groupsById(account)
  const users = account.policies.filter(({ rules }) => namesGroup(rulesWithGroups(rules, groups), id))
  return users.flatMap((policy): AccessRisk[] => {
    const applications = applicationsOf(account, policy.id).map(({ name }) => name)
    return applications.length === 0 ? [] : [{ kind: 'other-users', policy: policy.name, applications }]
  })
}

function destinationRisks(
  { id, destinations }: Extract<AccessChange, { kind: 'create-alert' | 'update-alert' }>,
  { alerting }: AccessAccount,
): AccessRisk[] {
  const old = alerting?.alerts.find((one) => one.id === id)?.destinations ?? null
  const added = addedDestinations(old, destinations)
  return AlertDestinations.keyof().options.flatMap((destination): AccessRisk[] => {
    const isReady = alerting?.destinations[destination]?.isReady !== false
    return added[destination].length > 0 && !isReady ? [{ kind: 'destination-not-ready', destination }] : []
  })
}

const nameOf = (id: string, { cas, groups, policies, applications, alerting }: AccessAccount): string =>
  [...cas, ...(groups ?? []), ...policies, ...applications, ...(alerting?.alerts ?? [])].find((one) => one.id === id)
    ?.name ?? id
