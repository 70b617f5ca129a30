import type { AccessAccount, AccessApplication } from '#shared/model/access-account'
import type { Visitor, VisitorCertificate } from '#shared/model/access-explanation'
import type { VisitorOutlook } from '#shared/model/access-plan'
import type { AccessRule } from '#shared/model/access-rule'
import type { Instant } from '#shared/model/ids'
import { type AddressPattern, readPattern } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/destinations'
import { type Address, foreseeAt } from '../explain/explain'
import { findApplication } from '../explain/find-application'
import { casOn, groupsById, policiesById } from '../explain/lookup'
import { rulesWithGroups } from '../explain/mentioned'
import { canonicalJson } from './digest'

/** Visitors and addresses beyond these are left out, so that a plan for a whole account can still be read. */
const MAX_NAMES = 50
const MAX_ADDRESSES = 100
const MAX_ROWS = 1_000

/**
 * Who gets in before and after: at every address that a change reaches, each person whom a rule there names with a
 * certificate of each CA, anybody else with one, and nobody with none.
 */
export function whoGetsIn(before: AccessAccount, after: AccessAccount, at: Instant): VisitorOutlook[] {
  return addressesReached(before, after)
    .slice(0, MAX_ADDRESSES)
    .flatMap((address) => {
      const [then, afterwards] = [foreseeAt(before, address, at), foreseeAt(after, address, at)]
      return visitorsAt(before, after, address, at).map((visitor) => ({
        ...address,
        visitor,
        before: then(visitor),
        after: afterwards(visitor),
      }))
    })
    .slice(0, MAX_ROWS)
}

function distinct<T>(all: T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()]
}

/** What differs between the two: hostnames with other CAs, and applications with other policies or groups. */
function addressesReached(before: AccessAccount, after: AccessAccount): Address[] {
  const samples = [before, after].flatMap((account) => account.applications.filter(guardsHostnames).flatMap(samplesOf))
  const hostnames = differing(casOfHostnames(before), casOfHostnames(after)).flatMap((hostname) => [
    { hostname, path: '/' },
    ...samples.filter((one) => one.hostname === hostname),
  ])
  const changed = differing(rulesOfApplications(before), rulesOfApplications(after))
  const applications = [...before.applications, ...after.applications].filter(({ id }) => changed.includes(id))
  return distinct([...hostnames, ...applications.flatMap(samplesOf)], ({ hostname, path }) => hostname + path)
}

/** The keys of what is in one and not, or not the same, in the other. */
function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key))
}

function casOfHostnames({ cas }: AccessAccount): Map<string, string> {
  const found = new Map<string, string>()
  for (const { id, hostnames } of cas)
    for (const hostname of hostnames) found.set(hostname, `${found.get(hostname) ?? ''} ${id}`)
  return found
}

/** All that decides in each application, as text. */
function rulesOfApplications(account: AccessAccount): Map<string, string> {
  const groups = groupsById(account)
  const policies = policiesById(account)
  const rulesOf = (application: AccessApplication) =>
    application.policies.map(({ policy: id, precedence }) => {
      const policy = policies.get(id)
      if (policy === undefined) return { id, precedence }
      const named = rulesWithGroups(policy.rules, groups).flatMap((rule) =>
        rule.kind === 'group' ? [groups?.get(rule.group)?.rules ?? rule.group] : [],
      )
      return { precedence, decision: policy.decision, rules: policy.rules, named }
    })
  return new Map(
    account.applications
      .filter(guardsHostnames)
      .map((one) => [one.id, canonicalJson({ destinations: one.destinations, policies: rulesOf(one) })]),
  )
}

/** One address for each destination: an asterisk stands for a word that no rule has. */
function samplesOf(application: AccessApplication): Address[] {
  return application.destinations.flatMap((destination) =>
    destination.kind === 'public' ? [sampleOf(readPattern(destination.uri))] : [],
  )
}

const sampleOf = ({ labels, path }: AddressPattern): Address => ({
  hostname: labels.join('.').replaceAll('*', 'any'),
  path: path === '' ? '/' : path.replaceAll('*', 'any'),
})

/** Each name that a rule there has, anybody else, both with a certificate of each CA; and a visitor without one. */
export function visitorsAt(before: AccessAccount, after: AccessAccount, address: Address, at: Instant): Visitor[] {
  const accounts = [before, after]
  const cas = distinct(
    accounts.flatMap((account) => casOn(account, address.hostname)),
    ({ id }) => id,
  )
  const names = [...new Set(accounts.flatMap((account) => commonNamesAt(account, address)))].slice(0, MAX_NAMES)
  const certificates = cas.flatMap(({ name, fingerprint, bundle }) => {
    const issued = (commonName: string | null): VisitorCertificate => ({
      commonName,
      issuerName: name,
      notBefore: at,
      notAfter: at,
      issuers: bundle ?? (fingerprint === null ? [] : [fingerprint]),
      reachesRoot: bundle !== null,
      isForClients: true,
    })
    return [...names.map(issued), issued(null)]
  })
  const nobody: Visitor = { certificate: null, serviceToken: null }
  return [...certificates.map((certificate) => ({ certificate, serviceToken: null })), nobody]
}

/** Names in the rules of the application that the address meets. */
function commonNamesAt(account: AccessAccount, address: Address): string[] {
  const groups = groupsById(account)
  const policies = policiesById(account)
  const attached = findApplication(account, address).candidates.flatMap(({ application }) =>
    application.policies.flatMap(({ policy }) => policies.get(policy) ?? []),
  )
  const rules: AccessRule[] = attached.flatMap((policy) => rulesWithGroups(policy.rules, groups))
  return rules.flatMap((rule) => (rule.kind === 'common-name' ? [rule.name] : []))
}
