import { z } from 'zod'
import { AccessApplicationId, AccessCaId, AccessDecision, AccessPolicyId, AccountId, Md5 } from './access-account'
import { RowChange } from './access-look'
import { Instant } from './ids'

export const CaState = z.enum(['valid', 'expires-soon', 'expired', 'unknown'])
export type CaState = z.infer<typeof CaState>

/** A CA that was uploaded to Access. */
export const CaStatus = z.strictObject({
  id: AccessCaId,
  name: z.string(),
  fingerprint: Md5.nullable(),
  /** The issuer of ours whose certificate has this fingerprint. */
  issuer: z.string().nullable(),
  expiresOn: Instant.nullable(),
  state: CaState,
  hostnames: z.array(z.string()),
})
export type CaStatus = z.infer<typeof CaStatus>

const PolicyStatus = z.strictObject({
  id: AccessPolicyId,
  /** Null for one that is attached but could not be read. */
  name: z.string().nullable(),
  decision: AccessDecision,
  words: z.string(),
})

const ApplicationStatus = z.strictObject({
  id: AccessApplicationId,
  name: z.string(),
  /** What it covers of this hostname, as it is written there. */
  uris: z.array(z.string()),
  /** In the order in which Access evaluates them. */
  policies: z.array(PolicyStatus),
})

/** What deserves a look. Each is certain from what was read; what was not read raises none. */
export const HostProblem = z.enum([
  'ca-expired',
  'ca-expires-soon',
  /** A CA is associated, and no application covers the hostname. */
  'no-application',
  /** A CA is associated, and no policy of the applications asks for a certificate. */
  'no-certificate-rule',
  /** A policy asks for a certificate, and no CA is associated: nobody can present one. */
  'no-ca',
  /** There is a hostname setting, but no CA that it could apply to. */
  'setting-without-ca',
])
export type HostProblem = z.infer<typeof HostProblem>

export const HostStatus = z.strictObject({
  /** Or a pattern of an application, where no hostname is known that it covers. */
  hostname: z.string(),
  cas: z.array(CaStatus.pick({ id: true, name: true, issuer: true, expiresOn: true, state: true })),
  applications: z.array(ApplicationStatus),
  /** Whether the certificate is forwarded to the origin; null without a setting, which means no. */
  forwarding: z.boolean().nullable(),
  /** The latest connection test here, of a site in the list. */
  lastTest: z.strictObject({ at: Instant, good: z.boolean(), sentence: z.string() }).nullable(),
  problems: z.array(HostProblem),
})
export type HostStatus = z.infer<typeof HostStatus>

export const AccessStatus = z.strictObject({
  account: z.strictObject({ id: AccountId, name: z.string() }),
  readAt: Instant,
  cas: z.array(CaStatus),
  hosts: z.array(HostStatus.extend({ changes: z.array(RowChange) })),
  /** When the look was taken that the changes are since; null where there is none to compare with. */
  comparedWith: Instant.nullable(),
  /** Permissions that the token lacks, by their exact names: what they open was not read. */
  unread: z.array(z.string()),
})
export type AccessStatus = z.infer<typeof AccessStatus>
