import { createHash } from 'node:crypto'
import { destinationWords } from '#shared/logic/access/alert-words'
import { decisionWords, namesOf, rulesWords } from '#shared/logic/access/rule-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessLook, Drift, SeenObject } from '#shared/model/access-look'
import type { AccessRule, AccessRules } from '#shared/model/access-rule'
import { destinationsKey } from './alerting'
import { canonicalJson } from './plan/digest'

/**
 * Fields of the API that change by themselves (`app_count` lags behind), that another part of the look covers, or that may
 * hold passwords of other systems and have no say in who gets in.
 */
const leftOut = new Set([
  'app_count',
  'created_at',
  'updated_at',
  'created',
  'modified',
  'id',
  'scim_config',
  'saas_app',
])

export function lookAt(account: AccessAccount): AccessLook {
  const names = namesOf(account)
  const { id, readAt, cas, settings, applications, policies, groups, organization, zones, alerting } = account
  const objects: SeenObject[] = [
    ...cas.map(({ bundle: _bundle, hostnames, ...ca }) => {
      const sorted = [...hostnames].sort()
      return seen('CA', ca.id, ca.name, sorted.join(', ') || 'no hostnames', { ...ca, hostnames: sorted }, sorted)
    }),
    ...settings.map((setting) =>
      seen('hostname', setting.hostname, setting.hostname, setting.forwarding ? 'certificate forwarded' : '', setting, [
        setting.hostname,
      ]),
    ),
    ...applications.map(({ fetched, destinations, policies: links, name, id: own }) => {
      const values = { ...fetched, name, destinations, policies: links }
      const uris = destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))
      return seen('application', own, name, linksWords(account, links), values, uris)
    }),
    ...policies.map(({ fetched, decision, rules, name, id: own }) => {
      const words = `${decisionWords[decision]}: ${rulesWords(rules, names)}`
      return seen('policy', own, name, words, { ...fetched, name, decision, ...inOrder(rules) })
    }),
    ...(groups ?? []).map(({ fetched, rules, name, id: own }) =>
      seen('group', own, name, rulesWords(rules, names), { ...fetched, name, ...inOrder(rules) }),
    ),
    ...(organization === null ? [] : [seen('organisation', 'organisation', organization.name, '', organization)]),
    ...(zones ?? []).map((zone) => seen('zone', zone.id, zone.name, '', zone)),
    ...(alerting?.alerts ?? []).map(({ id: own, name, isEnabled, destinations, fetched }) => {
      const words = `${isEnabled ? '' : 'off, '}${destinationWords(destinations, alerting?.known)}`
      const { mechanisms: _mechanisms, enabled: _enabled, ...others } = fetched
      return seen('expiry alert', own, name, words, {
        ...others,
        name,
        isEnabled,
        destinations: destinationsKey(destinations),
      })
    }),
  ]
  const unread: AccessLook['unread'] = []
  if (groups === null) unread.push('group')
  if (organization === null) unread.push('organisation')
  if (zones === null) unread.push('zone')
  if (alerting === null) unread.push('expiry alert')
  return { account: id, readAt, objects, unread, knowsAlerts: true }
}

/** Access may list rules in another order than they were written, which changes nothing about them. */
function inOrder({ include, require, exclude }: AccessRules): AccessRules {
  const sorted = (rules: AccessRule[]) =>
    [...rules].sort((one, other) => canonicalJson(one).localeCompare(canonicalJson(other), 'en'))
  return { include: sorted(include), require: sorted(require), exclude: sorted(exclude) }
}

function seen(
  what: SeenObject['what'],
  id: string,
  name: string,
  words: string,
  values: object,
  addresses: string[] = [],
): SeenObject {
  const fields = Object.entries(values).filter(([field]) => !leftOut.has(field))
  const digests = Object.fromEntries(fields.map(([field, value]) => [field, digest(value)]))
  return { what, id, name, words, addresses, fields: digests }
}

const digest = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16)

const linksWords = ({ policies }: AccessAccount, links: { policy: string }[]): string =>
  links.map(({ policy }) => policies.find(({ id }) => id === policy)?.name ?? policy).join(', ') || 'no policies'

/** A look that knew of no expiry alerts says nothing about them. */
const unreadOf = ({ unread, knowsAlerts }: AccessLook): AccessLook['unread'] =>
  knowsAlerts ? unread : [...unread, 'expiry alert']

/** Kinds that were not read at one of the two times. */
export const notCompared = (before: AccessLook, after: AccessLook): AccessLook['unread'] => [
  ...new Set([...unreadOf(before), ...unreadOf(after)]),
]

/** A look to compare with later: of kinds that could not be read this time, what was seen before. */
export function keepUnread(before: AccessLook, after: AccessLook): AccessLook {
  const isOlder = (what: SeenObject['what']) => after.unread.includes(what) && !unreadOf(before).includes(what)
  const older = before.objects.filter(({ what }) => isOlder(what))
  return { ...after, objects: [...after.objects, ...older], unread: after.unread.filter((what) => !isOlder(what)) }
}

const keyOf = ({ what, id }: { what: string; id: string }) => `${what} ${id}`

/**
 * A look that takes note of what Latchkey itself has changed, and of nothing else. `written`: the account as `before` with those
 * changes and Access' own ids; `after`: as it was read once they were made. An object that had changed before stays as it was last seen, so that it is still told.
 */
export function withOwnChanges(
  last: AccessLook,
  { before, written, after }: { before: AccessLook; written: AccessLook; after: AccessLook },
): AccessLook {
  const byKey = ({ objects }: AccessLook) => new Map(objects.map((object) => [keyOf(object), object]))
  const [known, then, now] = [byKey(last), byKey(before), byKey(after)]
  const ours = driftBetween(before, written).map(keyOf)
  for (const key of ours) {
    const isSeen = canonicalJson(known.get(key)?.fields ?? null) === canonicalJson(then.get(key)?.fields ?? null)
    if (!isSeen) continue
    const object = now.get(key)
    if (object === undefined) known.delete(key)
    else known.set(key, object)
  }
  return { ...last, objects: [...known.values()] }
}

/** What differs, by kind and name. Kinds that could not be read at one of the two times are not compared. */
export function driftBetween(before: AccessLook, after: AccessLook): Drift[] {
  const unread = new Set(notCompared(before, after))
  const old = new Map(before.objects.map((object) => [keyOf(object), object]))
  const now = new Map(after.objects.map((object) => [keyOf(object), object]))
  const keys = [...new Set([...old.keys(), ...now.keys()])]
  return keys
    .flatMap((key) => difference(old.get(key), now.get(key)) ?? [])
    .filter(({ what }) => !unread.has(what))
    .sort((one, other) => `${one.what} ${one.name}`.localeCompare(`${other.what} ${other.name}`, 'en'))
}

function difference(old: SeenObject | undefined, now: SeenObject | undefined): Drift | null {
  const known = now ?? old
  if (known === undefined) return null
  const { what, id, name } = known
  const addresses = [...new Set([...(old?.addresses ?? []), ...(now?.addresses ?? [])])]
  const words = { before: old?.words ?? null, after: now?.words ?? null, addresses }
  if (old === undefined || now === undefined)
    return { what, id, name, change: old === undefined ? 'added' : 'removed', fields: [], ...words }
  const fields = [...new Set([...Object.keys(old.fields), ...Object.keys(now.fields)])]
  const changed = fields.filter((field) => old.fields[field] !== now.fields[field]).sort()
  return changed.length === 0 ? null : { what, id, name, change: 'changed', fields: changed, ...words }
}
