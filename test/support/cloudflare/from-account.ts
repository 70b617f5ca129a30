import { expiryType } from '#electron/cloudflare/alerting'
import { canonicalJson as canonical } from '#electron/cloudflare/plan/digest'
import { writeRule } from '#electron/cloudflare/rule-json'
import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import type { AccessRule, AccessRules } from '#shared/model/access-rule'
import type { Json } from './reply'
import { account as accountId, type World } from './world'

const dates = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
const still = <T>(visible: T) => ({ visible, coming: null })

/** Puts an account into the double, without what Cloudflare itself would refuse: groups that are gone, addresses that are taken. */
export function fillFrom(world: World, account: AccessAccount): void {
  const groups = new Set((account.groups ?? []).map(({ id }) => id))
  const isThere = (rule: AccessRule) => rule.kind !== 'group' || groups.has(rule.group)
  const rulesOf = ({ include, require, exclude }: AccessRules): Json => {
    const [first, ...others] = [include, require, exclude].map((rules) => rules.filter(isThere).map(writeRule))
    // At least one is required.
    const included = first === undefined || first.length === 0 ? [{ everyone: {} }] : first
    return { include: included, require: others[0], exclude: others[1] }
  }
  const fieldsOf = ({ name, decision, rules }: AccessPolicy): Json => ({
    name,
    decision: decision === 'unknown' ? 'newer' : decision,
    ...rulesOf(rules),
    session_duration: '12h',
    quiet_hours: { from: 22 },
    ...dates,
  })
  world.zones = ['acme.example', 'other.example'].map((name, index) => ({
    id: String(index + 1).repeat(32),
    name,
    account: accountId,
  }))
  world.certificates = account.cas.map(({ id, name, fingerprint, hostnames, expiresOn }) => ({
    id,
    zone: null,
    name,
    pem: '',
    fingerprint: fingerprint ?? '',
    expiresOn: expiresOn ?? '',
    hostnames: still(hostnames),
    createdAt: dates.created_at,
    updatedAt: dates.updated_at,
  }))
  world.groups = (account.groups ?? []).map(({ id, name, rules }) => ({
    id,
    fields: { name, ...rulesOf(rules), is_default: false, ...dates },
  }))
  world.policies = account.policies.map((policy) => ({
    id: policy.id,
    application: policy.application,
    fields: fieldsOf(policy),
    applications: still(
      account.applications.filter(({ policies }) => policies.some((one) => one.policy === policy.id)).length,
    ),
  }))
  world.alerts = (account.alerting?.alerts ?? []).map(({ id, name, isEnabled, destinations }) => ({
    id,
    fields: {
      name,
      alert_type: expiryType,
      enabled: isEnabled,
      description: 'Kept',
      filters: {},
      mechanisms: { email: destinations.emails.map((email) => ({ id: email })) },
      created: dates.created_at,
      modified: dates.updated_at,
    },
  }))
  const known = account.alerting?.alerts.flatMap(({ destinations }) => destinations.webhooks) ?? []
  world.webhooks = [...new Set([...known, 'd'.repeat(32)])].map((id) => ({ id, fields: { name: `Hook ${id}` } }))
  fillApplications(world, account)
}

function fillApplications(world: World, { applications }: AccessAccount): void {
  const known = new Set(world.policies.map(({ id }) => id))
  const taken = new Set<string>()
  world.applications = applications.map(({ id, name, type, destinations, policies }, index) => {
    const own = destinations.flatMap((one): Json[] => {
      if (one.kind !== 'public') return [{ type: 'worker', worker_id: 'front' }]
      if (taken.has(one.uri)) return []
      taken.add(one.uri)
      const overrides = one.overrides.map(({ path }) => ({ path_pattern: path, behavior: 'public' }))
      return [{ type: 'public', uri: one.uri, ...(overrides.length === 0 ? {} : { overrides }) }]
    })
    const uris = own.flatMap((one) => ('uri' in one && typeof one.uri === 'string' ? [one.uri] : []))
    const domain = uris[0] ?? `app-${index}.acme.example`
    return {
      id,
      zone: null,
      aud: `aud-${id}`,
      fields: {
        name,
        type,
        domain,
        destinations: uris.length > 0 ? own : [...own, { type: 'public', uri: domain }],
        // A bookmark takes no address from anybody.
        self_hosted_domains: type !== 'self_hosted' ? [] : uris.length > 0 ? uris : [domain],
        session_duration: '6h',
        weather_policy: { kept: true },
        // What the double would fill in with the first change.
        app_launcher_visible: true,
        http_only_cookie_attribute: true,
        tags: [],
        ...dates,
      },
      links: policies.filter(({ policy }) => known.has(policy)),
    }
  })
}

/** Everything that a person could have set, by its ID; what was created meanwhile is told by its name. */
export function contentsOfWorld(world: World): Map<string, string> {
  const settled = <T>({ visible, coming }: { visible: T; coming: { value: T } | null }): T => coming?.value ?? visible
  const { certificates, groups, policies, applications, settings, alerts } = world
  const parts: [string, unknown][] = [
    ...certificates.map((one): [string, unknown] => [
      one.id,
      [one.name, one.fingerprint, [...settled(one.hostnames)].sort()],
    ]),
    ...groups.map(({ id, fields }): [string, unknown] => [id, undated(fields)]),
    ...policies.map(({ id, application, fields }): [string, unknown] => [id, [application, undated(fields)]]),
    ...applications.map(({ id, fields, links }): [string, unknown] => [id, [undated(fields), links]]),
    ...alerts.map(({ fields }): [string, unknown] => [
      `alert ${String(fields['name'])}`,
      withoutEmpty(undated(fields)),
    ]),
    ...settled(settings).map((one): [string, unknown] => [`setting ${String(one['hostname'])}`, one]),
  ]
  return new Map(parts.map(([id, part]) => [id, canonical(part)]))
}

/** No destinations of a kind are the same as an empty list of them. */
function withoutEmpty({ mechanisms, ...fields }: Json): Json {
  const kinds = Object.entries(mechanisms ?? {}).filter(([, all]) => !Array.isArray(all) || all.length > 0)
  return { ...fields, mechanisms: Object.fromEntries(kinds) }
}

const undated = ({ created_at: _at, updated_at: _up, created: _created, modified: _modified, ...fields }: Json): Json =>
  fields
