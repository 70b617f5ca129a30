import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import { type AccessRules, JsonObject } from '#shared/model/access-rule'
import { AccessHostname, AccessWish, WishedAlert, WishedName, wishVersion } from '#shared/model/access-wish'
import { addressText } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/destinations'
import { casOn } from '../explain/lookup'
import { writeRule } from '../rule-json'
import { stateDigest } from './digest'

export interface Exported {
  wish: AccessWish
  /** What has no place in a plan file, in words for its reader: names that two have, and those that it cannot hold. */
  leftOut: string[]
}

/**
 * The account as a plan file, for which there is nothing to do. Names identify what is in it, so whatever shares its name with
 * another is left out; and so is what a plan never writes: policies of single applications and applications of other kinds.
 *
 * @param expires Until when the file may be applied without looking at the account again.
 */
export function exportWish(account: AccessAccount, expires: Date): Exported {
  const leftOut: string[] = []
  const unique = <T>(what: string, all: T[], nameOf: (one: T) => string): T[] => {
    const counts = new Map<string, number>()
    for (const one of all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1)
    return all.filter((one) => {
      const isUnique = counts.get(nameOf(one)) === 1
      const isName = WishedName.safeParse(nameOf(one)).success
      if (!isUnique) leftOut.push(`${what} ${nameOf(one)}: its name is used more than once.`)
      if (!isName) leftOut.push(`${what} “${nameOf(one)}”: a plan file cannot hold its name.`)
      return isUnique && isName
    })
  }
  const cas = unique('CA', account.cas, ({ name }) => name).flatMap(({ name, fingerprint }) => {
    if (fingerprint === null) leftOut.push(`CA ${name}: its fingerprint cannot be read.`)
    return fingerprint === null ? [] : [{ name, fingerprint }]
  })
  const groups = unique('Group', account.groups ?? [], ({ name }) => name)
  const reusable = account.policies.filter(({ application }) => application === null)
  const policies = unique('Policy', reusable, ({ name }) => name)
  const wish = AccessWish.parse({
    version: wishVersion,
    account: account.id,
    state: { digest: stateDigest(account), expires: expires.toISOString() },
    cas,
    hostnames: hostnamesOf(account, new Set(cas.map(({ name }) => name))),
    groups: groups.map(({ name, rules }) => ({ name, ...rulesJson(rules) })),
    policies: policies.flatMap((policy) =>
      policy.decision === 'unknown'
        ? []
        : [{ name: policy.name, decision: policy.decision, ...rulesJson(policy.rules) }],
    ),
    applications: applicationsOf(account, policies, unique),
    alerts: alertsOf(account, unique, leftOut),
  })
  return { wish, leftOut }
}

const rulesJson = ({ include, require, exclude }: AccessRules) =>
  JsonObject.parse({
    include: include.map(writeRule),
    require: require.map(writeRule),
    exclude: exclude.map(writeRule),
  })

/** A hostname is listed where all of its CAs can be named, since the list is meant to be complete; one with an asterisk is not. */
function hostnamesOf(account: AccessAccount, named: ReadonlySet<string>) {
  const forwarding = new Map(account.settings.map((one) => [one.hostname, one.forwarding]))
  const all = [...new Set(account.cas.flatMap(({ hostnames }) => hostnames))]
  return all.flatMap((hostname) => {
    const own = casOn(account, hostname).map(({ name }) => name)
    const isNamed = own.every((name) => named.has(name))
    return isNamed && AccessHostname.safeParse(hostname).success
      ? [{ hostname, cas: own, forwarding: forwarding.get(hostname) ?? false }]
      : []
  })
}

/** Those that send to nobody whom a plan file can name are left out. */
function alertsOf({ alerting }: AccessAccount, unique: Unique, leftOut: string[]) {
  return unique('Expiry alert', alerting?.alerts ?? [], ({ name }) => name).flatMap((alert) => {
    const { name, isEnabled: enabled, destinations } = alert
    const wished = WishedAlert.safeParse({ name, enabled, ...destinations })
    if (!wished.success) leftOut.push(`Expiry alert ${name}: a plan file cannot hold its destinations.`)
    return wished.success ? [wished.data] : []
  })
}

type Unique = <T>(what: string, all: T[], nameOf: (one: T) => string) => T[]

function applicationsOf(account: AccessAccount, policies: AccessPolicy[], unique: Unique) {
  const names = new Map(policies.map(({ id, name }) => [id, name]))
  const addressed = account.applications
    .filter(guardsHostnames)
    .flatMap((application) =>
      application.destinations.flatMap((one) => (one.kind === 'public' ? [{ application, uri: one.uri }] : [])),
    )
  return unique('Application', addressed, ({ uri }) => addressText(uri)).map(({ application, uri }) => ({
    domain: uri,
    attach: application.policies.flatMap(({ policy }) => names.get(policy) ?? []),
  }))
}
