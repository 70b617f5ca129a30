import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { Json, JsonObject } from '#shared/model/access-rule'
import { destinationsKey, sameDestinations } from '../alerting'
import { canonicalJson, sameRules } from '../plan/digest'

/** What a change is about, as text: the part of the account that it replaces, creates or deletes. */
export function partOf(change: AccessChange, account: AccessAccount): string {
  switch (change.kind) {
    case 'create-ca':
    case 'delete-ca':
    case 'set-ca-hostnames': {
      const ca = find(account.cas, change.id)
      // Access may list hostnames in another order than they were written.
      return canonicalJson(ca && { name: ca.name, hostnames: [...ca.hostnames].sort() })
    }
    case 'set-settings':
      return canonicalJson([...account.settings].sort((one, other) => (one.hostname < other.hostname ? -1 : 1)))
    case 'create-group':
    case 'update-group':
    case 'delete-group': {
      const group = find(account.groups ?? [], change.id)
      return canonicalJson(group && { name: group.name, rules: sorted(group.rules) })
    }
    case 'create-policy':
    case 'update-policy':
    case 'delete-policy':
      return canonicalJson(policyPart(find(account.policies, change.id)))
    case 'create-application':
    case 'set-application-policies':
    case 'delete-application': {
      const application = find(account.applications, change.id)
      if (application === null) return 'null'
      const { name, type, destinations, policies } = application
      return canonicalJson({ name, type, destinations, policies })
    }
    case 'create-alert':
    case 'update-alert':
    case 'delete-alert': {
      const alert = find(account.alerting?.alerts ?? [], change.id)
      return canonicalJson(alert && [alert.name, alert.isEnabled, destinationsKey(alert.destinations)])
    }
    case 'test-hostname':
      return ''
  }
}

/** Fields of an object that are not as they were sent, but for those that `partOf` compares. */
export function differingFields(change: AccessChange, body: JsonObject | null, account: AccessAccount): string[] {
  const fetched = fetchedOf(change, account)
  if (body === null || fetched === null) return []
  return Object.keys(body)
    .filter((name) => !compared.has(name) && textOf(body[name]) !== textOf(fetched[name]))
    .sort()
}

/** In `partOf`, in the words of the API. The place of an application's own policy is in the application. */
const compared = new Set([
  'name',
  'type',
  'policies',
  'decision',
  'include',
  'require',
  'exclude',
  'precedence',
  'enabled',
  'mechanisms',
])

/** Go leaves out an empty list, or writes it as `null`. */
const textOf = (value: Json | undefined): string =>
  Array.isArray(value) && value.length === 0 ? 'null' : canonicalJson(value ?? null)

/** These move by themselves, or stand in another part of the account. */
const moving = new Set(['updated_at', 'created_at', 'app_count', 'policies', 'created', 'modified'])

/**
 * Everything that was read of what a change deletes, as text, but for what `partOf` compares: whoever has changed another field
 * meanwhile still needs it. Empty for other changes, and for what was not read but planned.
 */
export function restOf(change: AccessChange, account: AccessAccount): string {
  if (change.kind === 'delete-ca') {
    const ca = find(account.cas, change.id)
    return canonicalJson(ca && [ca.fingerprint, ca.expiresOn])
  }
  if (!change.kind.startsWith('delete-')) return ''
  const fetched = Object.entries(fetchedOf(change, account) ?? {})
  const rest = fetched.filter(([name, value]) => !compared.has(name) && !moving.has(name) && textOf(value) !== 'null')
  return rest.length === 0 ? '' : canonicalJson(Object.fromEntries(rest))
}

function fetchedOf(change: AccessChange, account: AccessAccount): JsonObject | null {
  switch (change.kind) {
    case 'update-group':
    case 'delete-group':
      return find(account.groups ?? [], change.id)?.fetched ?? null
    case 'update-policy':
    case 'delete-policy':
      return find(account.policies, change.id)?.fetched ?? null
    case 'set-application-policies':
    case 'delete-application':
      return find(account.applications, change.id)?.fetched ?? null
    case 'update-alert':
    case 'delete-alert':
      return find(account.alerting?.alerts ?? [], change.id)?.fetched ?? null
    default:
      return null
  }
}

/** Whether a CA has one of the certificates that were uploaded for it; true for what has no fingerprint. */
export function hasFingerprint(change: AccessChange, account: AccessAccount): boolean {
  if (change.kind !== 'create-ca') return true
  const fingerprint = find(account.cas, change.id)?.fingerprint ?? null
  return change.bundle.some((one) => one === fingerprint)
}

const find = <T extends { id: string }>(all: T[], id: string): T | null => all.find((one) => one.id === id) ?? null

const policyPart = (policy: AccessPolicy | null) =>
  policy && {
    name: policy.name,
    application: policy.application,
    decision: policy.decision,
    rules: sorted(policy.rules),
  }

const sorted = ({ include, require, exclude }: AccessPolicy['rules']) =>
  [include, require, exclude].map((rules) => rules.map((rule) => canonicalJson(rule)).sort())

/** Objects that a creating change may have made: equal to what it creates, and not there before. By their ids. */
export function candidatesFor(change: AccessChange, before: AccessAccount, now: AccessAccount): string[] {
  switch (change.kind) {
    case 'create-ca':
      return added(before.cas, now.cas).flatMap(({ id, name, fingerprint }) =>
        name === change.name && change.bundle.some((one) => one === fingerprint) ? [id] : [],
      )
    case 'create-group':
      return added(before.groups ?? [], now.groups ?? []).flatMap(({ id, name, rules }) =>
        name === change.name && sameRules(rules, change.rules) ? [id] : [],
      )
    case 'create-policy':
      return added(before.policies, now.policies).flatMap((policy) => (isMade(policy, change) ? [policy.id] : []))
    case 'create-application':
      return added(before.applications, now.applications).flatMap(({ id, name, destinations }) => {
        const isThere = destinations.some((one) => one.kind === 'public' && one.uri === change.domain)
        return name === change.name && isThere ? [id] : []
      })
    case 'create-alert':
      return added(before.alerting?.alerts ?? [], now.alerting?.alerts ?? []).flatMap((alert) => {
        const isMade =
          alert.name === change.name &&
          alert.isEnabled === change.isEnabled &&
          sameDestinations(alert.destinations, change.destinations)
        return isMade ? [alert.id] : []
      })
    default:
      return []
  }
}

function added<T extends { id: string }>(before: T[], now: T[]): T[] {
  const known = new Set(before.map(({ id }) => id))
  return now.filter(({ id }) => !known.has(id))
}

const isMade = (policy: AccessPolicy, change: Extract<AccessChange, { kind: 'create-policy' }>): boolean =>
  policy.name === change.name &&
  policy.application === (change.application?.id ?? null) &&
  policy.decision === change.decision &&
  sameRules(policy.rules, change.rules)
