import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
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
    case 'test-hostname':
      return ''
  }
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
      return added(before.cas, now.cas).flatMap(({ id, fingerprint }) =>
        change.bundle.some((one) => one === fingerprint) ? [id] : [],
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
