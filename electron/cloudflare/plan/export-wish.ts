import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import { type AccessRules, JsonObject } from '#shared/model/access-rule'
import { AccessWish } from '#shared/model/access-wish'
import { readPattern } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/find-application'
import { writeRule } from '../rule-json'
import { stateDigest } from './digest'

export interface Exported {
  wish: AccessWish
  /** What has no place in a plan file, in words for its reader: names that two have, and what cannot be named at all. */
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
  const unique = <T>(what: string, all: T[], nameOf: (one: T) => string): T[] =>
    all.filter((one) => {
      const isUnique = all.filter((other) => nameOf(other) === nameOf(one)).length === 1
      if (!isUnique) leftOut.push(`${what} ${nameOf(one)}: its name is used more than once.`)
      return isUnique
    })
  const cas = unique('CA', account.cas, ({ name }) => name).flatMap(({ name, fingerprint }) => {
    if (fingerprint === null) leftOut.push(`CA ${name}: its fingerprint cannot be read.`)
    return fingerprint === null ? [] : [{ name, fingerprint }]
  })
  const groups = unique('Group', account.groups ?? [], ({ name }) => name)
  const reusable = account.policies.filter(({ application }) => application === null)
  const policies = unique('Policy', reusable, ({ name }) => name)
  const wish = AccessWish.parse({
    version: 1,
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
  })
  return { wish, leftOut }
}

const rulesJson = ({ include, require, exclude }: AccessRules) =>
  JsonObject.parse({
    include: include.map(writeRule),
    require: require.map(writeRule),
    exclude: exclude.map(writeRule),
  })

/** A hostname is listed where all of its CAs can be named, since the list is meant to be complete. */
function hostnamesOf({ cas, settings }: AccessAccount, named: ReadonlySet<string>) {
  const all = [...new Set(cas.flatMap(({ hostnames }) => hostnames))]
  return all.flatMap((hostname) => {
    const own = cas.filter(({ hostnames }) => hostnames.includes(hostname)).map(({ name }) => name)
    const forwarding = settings.find((one) => one.hostname === hostname)?.forwarding ?? false
    return own.every((name) => named.has(name)) ? [{ hostname, cas: own, forwarding }] : []
  })
}

type Unique = <T>(what: string, all: T[], nameOf: (one: T) => string) => T[]

function applicationsOf(account: AccessAccount, policies: AccessPolicy[], unique: Unique) {
  const addressed = account.applications
    .filter(guardsHostnames)
    .flatMap((application) =>
      application.destinations.flatMap((one) => (one.kind === 'public' ? [{ application, uri: one.uri }] : [])),
    )
  const addressOf = ({ uri }: { uri: string }) => {
    const { labels, path } = readPattern(uri)
    return `${labels.join('.')}${path}`
  }
  return unique('Application', addressed, addressOf).map(({ application, uri }) => ({
    domain: uri,
    attach: application.policies.flatMap(({ policy: id }) => policies.find((one) => one.id === id)?.name ?? []),
  }))
}
