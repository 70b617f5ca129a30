import { AppError } from '#shared/errors'
import { plainFingerprint } from '#shared/logic/formatting'
import {
  type AccessApplication,
  type AccessCa,
  AccessDecision,
  type AccessDestination,
  type AccessGroup,
  type AccessOrganization,
  type AccessPolicy,
  type HostnameSetting,
  Md5,
  type PolicyLink,
} from '#shared/model/access-account'
import type { AccessRules, JsonObject } from '#shared/model/access-rule'
import { toInstant } from '#shared/model/ids'
import type { OrganizationAnswer } from '../answers/accounts'
import type { ApplicationAnswer, DestinationAnswer, LinkAnswer } from '../answers/applications'
import type { CertificateAnswer, SettingAnswer } from '../answers/certificates'
import type { ApplicationPolicyAnswer, GroupAnswer, PolicyAnswer } from '../answers/policies'
import { readRule } from '../rule-json'

/** Each answer of the API as a part of the account, in the words of `shared/model/access-account.ts`. */

export const toCa = (answer: CertificateAnswer): AccessCa => ({
  id: answer.id,
  name: answer.name,
  fingerprint: toMd5(answer.fingerprint ?? ''),
  bundle: null,
  expiresOn: toInstant(new Date(answer.expires_on ?? '')),
  hostnames: answer.associated_hostnames.map((hostname) => hostname.toLowerCase()),
})

/** As OpenSSL prints it, `MD5 Fingerprint=AA:BB:…`, or only the digits. */
function toMd5(text: string): Md5 | null {
  const digits = plainFingerprint(text.replace(/^.*=/u, ''))
  return Md5.safeParse(digits).data ?? null
}

export const toSetting = (answer: SettingAnswer): HostnameSetting => ({
  hostname: answer.hostname.toLowerCase(),
  forwarding: answer.client_certificate_forwarding,
  chinaNetwork: answer.china_network,
})

export const toOrganization = (answer: OrganizationAnswer): AccessOrganization => ({
  name: answer.name,
  authDomain: answer.auth_domain,
  denyUnmatchedRequests: answer.deny_unmatched_requests ?? false,
  exemptedZones: answer.deny_unmatched_requests_exempted_zone_names,
})

export const toGroup = (answer: GroupAnswer): AccessGroup => ({
  id: answer.id,
  name: answer.name,
  rules: toRules(answer),
  fetched: answer.fetched,
})

export const toPolicy = (
  answer: PolicyAnswer | ApplicationPolicyAnswer,
  application: AccessPolicy['application'],
): AccessPolicy => ({
  id: answer.id,
  name: answer.name,
  application,
  decision: AccessDecision.exclude(['unknown']).safeParse(answer.decision).data ?? 'unknown',
  rules: toRules(answer),
  fetched: answer.fetched,
})

const toRules = (answer: { include: JsonObject[]; require: JsonObject[]; exclude: JsonObject[] }): AccessRules => ({
  include: answer.include.map(readRule),
  require: answer.require.map(readRule),
  exclude: answer.exclude.map(readRule),
})

export const toApplication = (answer: ApplicationAnswer): AccessApplication => ({
  id: answer.id,
  name: answer.name ?? answer.domain ?? answer.id,
  type: answer.type,
  aud: answer.aud ?? null,
  domain: answer.domain ?? null,
  destinations: toDestinations(answer),
  policies: toLinks(answer),
  fetched: answer.fetched,
})

/** Without numbers, the order of the list decides. If only some have one, nobody can say which policy comes first. */
function toLinks({ id: application, policies }: ApplicationAnswer): PolicyLink[] {
  const numbered = policies.filter(({ precedence }) => typeof precedence === 'number')
  if (numbered.length > 0 && numbered.length < policies.length)
    throw new AppError('cloudflare-answer-wrong', `apps.${application}.policies: only some have a precedence`)
  return policies.map(toLink).sort((left, right) => left.precedence - right.precedence)
}

const toLink = ({ id, precedence }: LinkAnswer, index: number): PolicyLink => ({
  policy: id,
  precedence: precedence ?? index + 1,
})

/** `destinations` replaced `self_hosted_domains`, which replaced `domain`; newer ones are mirrored into the older. */
function toDestinations({
  destinations,
  self_hosted_domains: domains,
  domain,
}: ApplicationAnswer): AccessDestination[] {
  if (destinations.length > 0) return destinations.map(toDestination)
  const older = domains.length === 0 && domain ? [domain] : domains
  return older.map((uri) => ({ kind: 'public', uri, overrides: [] }))
}

const workers = new Set(['worker', 'preview_worker', 'all_workers', 'all_preview_workers'])

function toDestination({ type, uri, overrides }: DestinationAnswer): AccessDestination {
  if (uri && (type ?? 'public') === 'public') {
    const parts = overrides.map(({ path_pattern: path, behavior }) => ({ path, behavior }))
    return { kind: 'public', uri, overrides: parts }
  }
  const named = type ?? 'unknown'
  return { kind: workers.has(named) ? 'worker' : 'other', type: named }
}
