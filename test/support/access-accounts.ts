import {
  type AccessAccount,
  type AccessAlert,
  AccessAlertId,
  type AccessApplication,
  AccessApplicationId,
  type AccessCa,
  AccessCaId,
  type AccessDecision,
  type AccessDestination,
  type AccessGroup,
  type AccessPolicy,
  AccessPolicyId,
  AccountId,
  Md5,
  type PathOverride,
  ZoneId,
} from '#shared/model/access-account'
import type { Visitor, VisitorCertificate } from '#shared/model/access-explanation'
import { AccessGroupId, type AccessRule, type AccessRules } from '#shared/model/access-rule'

/** The clock of every account here. */
export const readAt = '2026-11-25T14:02:00.000Z'

const slug = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/gu, '-')

export const md5 = (name: string): Md5 => Md5.parse(Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32))

export const policyId = (name: string): AccessPolicyId => AccessPolicyId.parse(`policy-${slug(name)}`)
export const groupId = (name: string): AccessGroupId => AccessGroupId.parse(`group-${slug(name)}`)
const applicationId = (name: string): AccessApplicationId => AccessApplicationId.parse(`app-${slug(name)}`)

/** A CA whose PEM is kept here, and which holds nothing but the certificate of that name. */
export const ca = (name: string, hostnames: string[], more: Partial<AccessCa> = {}): AccessCa => ({
  id: AccessCaId.parse(`ca-${slug(name)}`),
  name,
  fingerprint: md5(name),
  bundle: [md5(name)],
  expiresOn: '2031-11-18T00:00:00.000Z',
  hostnames,
  ...more,
})

export const rules = (include: AccessRule[], more: Partial<AccessRules> = {}): AccessRules => ({
  include,
  require: [],
  exclude: [],
  ...more,
})

export const policy = (name: string, decision: AccessDecision, who: AccessRules): AccessPolicy => ({
  id: policyId(name),
  name,
  application: null,
  decision,
  rules: who,
  fetched: { id: policyId(name), name, reusable: true, session_duration: '24h' },
})

export const group = (name: string, who: AccessRules): AccessGroup => ({
  id: groupId(name),
  name,
  rules: who,
  fetched: { id: groupId(name), name },
})

export const destination = (uri: string, overrides: PathOverride[] = []): AccessDestination => ({
  kind: 'public',
  uri,
  overrides,
})

export const application = (
  name: string,
  uris: (string | AccessDestination)[],
  policies: AccessPolicy[],
  more: Partial<AccessApplication> = {},
): AccessApplication => {
  const destinations = uris.map((uri) => (typeof uri === 'string' ? destination(uri) : uri))
  return {
    id: applicationId(name),
    name,
    type: 'self_hosted',
    aud: slug(name),
    domain: destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))[0] ?? null,
    destinations,
    policies: policies.map((one, index) => ({ policy: one.id, precedence: index + 1 })),
    fetched: {
      id: applicationId(name),
      name,
      type: 'self_hosted',
      session_duration: '24h',
      new_in_2027: { kept: true },
    },
    ...more,
  }
}

const usable = { isEligible: true, isReady: true }

export const expiryAlert = (name: string, emails: string[], more: Partial<AccessAlert> = {}): AccessAlert => ({
  id: AccessAlertId.parse(`alert-${slug(name)}`),
  name,
  isEnabled: true,
  destinations: { emails, webhooks: [], pagerduty: [] },
  fetched: { id: `alert-${slug(name)}`, name, description: 'Kept', filters: {}, mechanisms: { email: [] } },
  ...more,
})

export const account = (parts: Partial<AccessAccount> = {}): AccessAccount => ({
  id: AccountId.parse('0123456789abcdef0123456789abcdef'),
  name: 'Acme',
  readAt,
  cas: [],
  settings: [],
  applications: [],
  policies: [],
  groups: [],
  organization: {
    name: 'Acme',
    authDomain: 'acme.cloudflareaccess.com',
    denyUnmatchedRequests: false,
    exemptedZones: [],
  },
  zones: [{ id: ZoneId.parse('zone-1'), name: 'acme.example' }],
  identityProviders: [],
  serviceTokens: [],
  alerting: {
    alerts: [],
    isAvailable: true,
    destinations: { emails: usable, webhooks: usable, pagerduty: null },
    known: { webhooks: null, pagerduty: null },
  },
  ...parts,
})

/** A certificate that the CA of that name issued. */
export const certificateOf = (
  issuerName: string,
  commonName: string | null,
  more: Partial<VisitorCertificate> = {},
): VisitorCertificate => ({
  commonName,
  issuerName,
  notBefore: '2026-03-14T00:00:00.000Z',
  notAfter: '2027-03-14T00:00:00.000Z',
  issuers: [md5(issuerName)],
  reachesRoot: true,
  isForClients: true,
  ...more,
})

export const nobody: Visitor = { certificate: null, serviceToken: null }

export const withCertificate = (certificate: VisitorCertificate): Visitor => ({ certificate, serviceToken: null })
