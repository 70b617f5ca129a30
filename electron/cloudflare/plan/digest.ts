import { createHash } from 'node:crypto'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessRules } from '#shared/model/access-rule'
import { type AccessWish, wishVersion } from '#shared/model/access-wish'
import { writeRule } from '../rule-json'

/** JSON with the members of every object in order, so that the same data is the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

const byId = <T extends { id: string }>(all: T[] | null): T[] | null =>
  all && [...all].sort((one, other) => (one.id < other.id ? -1 : 1))

/**
 * Lower-case hex of a SHA-256 over everything that was read but the time, in whatever order Access listed it. `version`: of the
 * plan file that it is for; the first knew of no expiry alerts.
 */
export function stateDigest(
  { readAt: _readAt, alerting, ...account }: AccessAccount,
  version: AccessWish['version'] = wishVersion,
): string {
  const state = {
    ...account,
    ...(version === 1 ? {} : { alerts: byId(alerting?.alerts ?? null) }),
    // Which PEMs are kept here is no state of the account.
    cas: byId(account.cas)?.map(({ bundle: _bundle, hostnames, ...ca }) => ({
      ...ca,
      hostnames: [...hostnames].sort(),
    })),
    settings: [...account.settings].sort((one, other) => (one.hostname < other.hostname ? -1 : 1)),
    applications: byId(account.applications),
    policies: byId(account.policies),
    groups: byId(account.groups),
    zones: byId(account.zones),
    identityProviders: byId(account.identityProviders),
    serviceTokens: byId(account.serviceTokens),
  }
  return createHash('sha256').update(canonicalJson(state)).digest('hex')
}

/** Access may list rules in another order than they were written, which changes nothing about them. */
export function sameRules(one: AccessRules, other: AccessRules): boolean {
  return (['include', 'require', 'exclude'] as const).every((part) => keysOf(one[part]) === keysOf(other[part]))
}

const keysOf = (rules: AccessRules['include']): string =>
  rules
    .map((rule) => canonicalJson(writeRule(rule)))
    .sort()
    .join('\n')
