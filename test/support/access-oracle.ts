import type { AccessAccount, AccessApplication, AccessPolicy } from '#shared/model/access-account'
import type { Factor, Visitor } from '#shared/model/access-explanation'
import type { AccessRule, AccessRules } from '#shared/model/access-rule'

/*
 * Who gets in, once more: written from Cloudflare's documentation alone, without any part of the program, and by brute
 * force. It knows no "perhaps": a request is evaluated once for every combination of facts that it turns out to meet.
 */

/** A fact about one request that the account does not tell, and how it came out. */
interface Fact {
  factor: Factor
  value: string
}

export interface Ending {
  outcome: 'let-in' | 'refused'
  facts: Map<string, Fact>
}

export interface Universe {
  hostnames: string[]
  paths: string[]
}

type Choose = (key: string, factor: Factor, values: string[]) => string

/** Every way in which one request can end. */
export function everyEnding(
  account: AccessAccount,
  visitor: Visitor,
  address: { hostname: string; path: string },
  at: string,
  universe: Universe,
): Ending[] {
  const endings: Ending[] = []
  const unfinished: [string, Fact][][] = [[]]
  for (let facts = unfinished.pop(); facts !== undefined; facts = unfinished.pop()) {
    const decided = new Map(facts)
    const choose: Choose = (key, factor, values) => {
      const before = decided.get(key)
      if (before !== undefined) return before.value
      const [first = '', ...others] = values
      for (const value of others) unfinished.push([...decided, [key, { factor, value }]])
      decided.set(key, { factor, value: first })
      return first
    }
    endings.push({
      outcome: enter(account, visitor, address, at, universe, choose) ? 'let-in' : 'refused',
      facts: decided,
    })
  }
  return endings
}

function enter(
  account: AccessAccount,
  visitor: Visitor,
  address: { hostname: string; path: string },
  at: string,
  universe: Universe,
  choose: Choose,
): boolean {
  const everywhere = universe.hostnames.flatMap((hostname) => universe.paths.map((path) => ({ hostname, path })))
  const reach = (uri: string) =>
    new Set(everywhere.filter((one) => isCovered(uri, one)).map(({ hostname, path }) => hostname + path))
  const isSmaller = (one: Set<string>, other: Set<string>) =>
    one.size < other.size && [...one].every((place) => other.has(place))
  const destinations = account.applications
    .filter(({ type }) => type === 'self_hosted')
    .flatMap((application) =>
      application.destinations.flatMap((one) =>
        one.kind === 'public' && isCovered(one.uri, address) ? [{ application, ...one, reach: reach(one.uri) }] : [],
      ),
    )
  const best = destinations.filter((one) => !destinations.some((other) => isSmaller(other.reach, one.reach)))
  if (best.length === 0) return enterUnguarded(account, address.hostname, choose)
  const overrideOf = ({ uri, overrides }: (typeof best)[number]) => {
    const [host = ''] = uri.split('/')
    const override = overrides.find(({ path }) => isCovered(host + path, address))
    return override && { ...override, reach: reach(host + override.path) }
  }
  // The documentation does not say whether an override of one application counts inside a destination of another.
  const strays = destinations.filter((one) => {
    const override = overrideOf(one)
    return (
      override &&
      best.some(({ application, reach: own }) => application !== one.application && isSmaller(override.reach, own))
    )
  })
  const choices = [...best, ...strays]
  const names = choices.map((_one, index) => String(index))
  const chosen = choices[names.length === 1 ? 0 : Number(choose('application', 'application', names))]
  if (chosen === undefined) throw new Error('no such application')
  const override = overrideOf(chosen)
  if (override !== undefined)
    return override.behavior === 'public' || choose(`override ${override.behavior}`, 'unknown', ['in', 'out']) === 'in'
  return enterApplication(account, visitor, chosen.application, address.hostname, at, choose)
}

/** `*` in a host name: within a label. In a path: anything. A path covers all below it. */
function isCovered(uri: string, { hostname, path }: { hostname: string; path: string }): boolean {
  const slash = uri.indexOf('/')
  const [host, pattern] = slash < 0 ? [uri, ''] : [uri.slice(0, slash), uri.slice(slash)]
  const literally = (text: string) => text.replace(/[.+?^${}()|[\]\\]/gu, '\\$&')
  const hostRule = new RegExp(`^${literally(host).replaceAll('*', '[^.]*')}$`, 'u')
  if (!hostRule.test(hostname)) return false
  if (pattern === '' || pattern === '/' || pattern === '/*') return true
  return new RegExp(`^${literally(pattern).replaceAll('*', '.*')}(/.*)?$`, 'u').test(path)
}

function enterUnguarded(account: AccessAccount, hostname: string, choose: Choose): boolean {
  const inZone = (zone: string) => `.${hostname}`.endsWith(`.${zone}`)
  if (account.zones && !account.zones.some(({ name }) => inZone(name)))
    return choose('no application', 'other-account', ['in', 'out']) === 'in'
  if (account.applications.some(({ destinations }) => destinations.some(({ kind }) => kind === 'worker')))
    return choose('no application', 'worker', ['in', 'out']) === 'in'
  if (account.organization === null) return choose('no application', 'unmatched-setting', ['in', 'out']) === 'in'
  return !account.organization.denyUnmatchedRequests || account.organization.exemptedZones.some(inZone)
}

function enterApplication(
  account: AccessAccount,
  visitor: Visitor,
  application: AccessApplication,
  hostname: string,
  at: string,
  choose: Choose,
): boolean {
  const links = [...application.policies].sort((one, other) => one.precedence - other.precedence)
  const find = (id: string) => account.policies.find((policy) => policy.id === id)
  const isReadable = (policy: AccessPolicy | undefined) => policy !== undefined && policy.decision !== 'unknown'
  for (const { policy: id } of links.filter(({ policy }) => !isReadable(find(policy)))) {
    const effect = choose(`policy ${id}`, 'unknown', ['in', 'out', 'nothing'])
    if (effect !== 'nothing') return effect === 'in'
  }
  const policies = links.map(({ policy }) => find(policy)).filter((policy) => policy !== undefined)
  const holds = (policy: AccessPolicy) => meets(account, visitor, policy, hostname, at, choose)
  for (const policy of policies.filter(({ decision }) => decision === 'non_identity' || decision === 'bypass'))
    if (holds(policy)) return true
  for (const policy of policies.filter(({ decision }) => decision === 'allow' || decision === 'deny')) {
    const loggedIn = policy.decision === 'deny' || choose('login', 'login', ['in', 'out']) === 'in'
    if (loggedIn && holds(policy)) return policy.decision === 'allow'
  }
  return false
}

function meets(
  account: AccessAccount,
  visitor: Visitor,
  policy: AccessPolicy,
  hostname: string,
  at: string,
  choose: Choose,
): boolean {
  const mentioned = everyRule(account)
  const asksLogin = policy.decision === 'allow' || policy.decision === 'deny'
  const flag = (key: string, factor: Factor) => choose(key, factor, ['in', 'out']) === 'in'
  const accepted = () => isAccepted(account, visitor, hostname, at, choose)
  const value = (key: string, factor: Factor, known: string[]) =>
    choose(key, factor, [...new Set([...known, 'another'])])
  const person = (rule: AccessRule, test: () => boolean) =>
    asksLogin ? flag('login', 'login') && test() : flag(`no login ${JSON.stringify(rule)}`, 'identity-without-login')
  const emails = mentioned.flatMap((rule) =>
    rule.kind === 'email' ? [rule.email] : rule.kind === 'email-domain' ? [`another@${rule.domain}`] : [],
  )

  const holds = (rule: AccessRule, groups: string[]): boolean => {
    switch (rule.kind) {
      case 'everyone':
        return true
      case 'valid-certificate':
        return accepted()
      case 'common-name': {
        const own = visitor.certificate?.commonName
        if (own === rule.name) return accepted()
        if (own?.toLowerCase() !== rule.name.toLowerCase()) return false
        return accepted() && flag('capital letters', 'capital-letters')
      }
      case 'group': {
        const group = account.groups?.find(({ id }) => id === rule.group)
        if (group === undefined || groups.includes(rule.group)) return flag(`group ${rule.group}`, 'unknown')
        return within(group.rules, true, [...groups, rule.group])
      }
      case 'service-token':
        return visitor.serviceToken === rule.token
      case 'any-service-token':
        return visitor.serviceToken !== null
      case 'linked-app-token':
        return false
      case 'ip-range':
      case 'ip-list':
        return flag(JSON.stringify(rule), 'ip-address')
      case 'country':
        return (
          value(
            'country',
            'country',
            mentioned.flatMap((one) => (one.kind === 'country' ? [one.code] : [])),
          ) === rule.code
        )
      case 'device-posture':
        return flag(JSON.stringify(rule), 'device-posture')
      case 'unknown':
        return flag(JSON.stringify(rule), 'unknown')
      case 'email':
        return person(rule, () => value('email', 'login', emails) === rule.email)
      case 'email-domain':
        return person(rule, () => value('email', 'login', emails).endsWith(`@${rule.domain}`))
      case 'login-method':
        return person(
          rule,
          () =>
            value(
              'method',
              'login',
              mentioned.flatMap((one) => (one.kind === 'login-method' ? [one.provider] : [])),
            ) === rule.provider,
        )
      case 'external-evaluation':
        return person(rule, () => flag(JSON.stringify(rule), 'external-evaluation'))
      default:
        return person(rule, () => flag(JSON.stringify(rule), 'login'))
    }
  }
  const within = ({ include, require, exclude }: AccessRules, isGroup: boolean, groups: string[]): boolean => {
    const isIncluded =
      include.length === 0 ? isGroup && require.length > 0 : include.some((rule) => holds(rule, groups))
    if (!isIncluded) return false
    return require.every((rule) => holds(rule, groups)) && !exclude.some((rule) => holds(rule, groups))
  }
  return within(policy.rules, false, [])
}

const everyRule = (account: AccessAccount): AccessRule[] =>
  [...account.policies, ...(account.groups ?? [])].flatMap(({ rules }) => [
    ...rules.include,
    ...rules.require,
    ...rules.exclude,
  ])

function isAccepted(
  account: AccessAccount,
  { certificate }: Visitor,
  hostname: string,
  at: string,
  choose: Choose,
): boolean {
  if (certificate === null || certificate.notBefore > at || certificate.notAfter < at) return false
  if (!certificate.isForClients) return false
  let isOpen = false
  for (const ca of account.cas) {
    if (!ca.hostnames.includes(hostname)) continue
    const isExpired = ca.expiresOn !== null && ca.expiresOn < at
    const isThisOne = certificate.issuers[0] === ca.fingerprint && ca.fingerprint !== null
    const isAnother = ca.bundle?.some((one) => one === certificate.issuers[0]) ?? false
    const isAbove = certificate.issuers.some(
      (issuer) => issuer === ca.fingerprint || ca.bundle?.some((one) => one === issuer),
    )
    if ((isThisOne || isAnother) && !isExpired) return true
    if (isThisOne) continue
    if (isAbove || ca.bundle === null || !certificate.reachesRoot) isOpen = true
  }
  return isOpen && choose('issuer', 'issuer', ['in', 'out']) === 'in'
}
