import { z } from 'zod'
import { AccessApplicationId, AccessDecision, AccessPolicyId, Md5 } from './access-account'
import { AccessRule, AccessRules } from './access-rule'
import { Instant } from './ids'

/** A certificate as far as Access looks at it. */
export const VisitorCertificate = z.strictObject({
  /** Null for a certificate that has no Common Name, or stands for all whose name no rule mentions. */
  commonName: z.string().nullable(),
  /** For sentences. */
  issuerName: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  /** MD5 of the certificates above it, as far as they are known. */
  issuers: z.array(Md5),
  /** Nothing is missing from `issuers`: the last one is self-signed. */
  reachesRoot: z.boolean(),
  /** False where its extended key usage leaves out client authentication: browsers do not offer it then. */
  isForClients: z.boolean(),
})
export type VisitorCertificate = z.infer<typeof VisitorCertificate>

/** Somebody who sends just this with the request. Whether they can log in, and from where they come, is open. */
export const Visitor = z.strictObject({
  certificate: VisitorCertificate.nullable(),
  /** The id of the service token whose headers are sent. */
  serviceToken: z.string().nullable(),
})
export type Visitor = z.infer<typeof Visitor>

/** What the answer depends on, where the account and the certificate do not settle it. */
export const Factor = z.enum([
  'login',
  'ip-address',
  'country',
  'device-posture',
  'external-evaluation',
  /** Whether Access has the issuer of this certificate: its PEM is not here. */
  'issuer',
  /** The name differs in capital letters only, and whether Access minds is not documented. */
  'capital-letters',
  /** A rule about the person, in a policy that asks for no login. */
  'identity-without-login',
  /** Two applications cover the address, and neither is part of the other. */
  'application',
  /** An application that covers Workers, by whatever hostname. */
  'worker',
  /** The setting for hostnames without an application was not read. */
  'unmatched-setting',
  /** A hostname of none of the account's zones. */
  'other-account',
  /** A policy, group or setting that could not be read, or a rule that this version does not know. */
  'unknown',
])
export type Factor = z.infer<typeof Factor>

export const Truth = z.enum(['yes', 'no', 'unknown'])
export type Truth = z.infer<typeof Truth>

/** Whether a rule of a policy holds for this visitor. */
export const RuleFinding = z.strictObject({
  part: z.enum(['include', 'require', 'exclude']),
  rule: AccessRule,
  truth: Truth,
})
export type RuleFinding = z.infer<typeof RuleFinding>

/** An address that an application covers, as it is written there. */
const CoveredAddress = z.strictObject({ id: AccessApplicationId, name: z.string(), uri: z.string() })

/** One step of the evaluation. They come in the order in which Access takes them; the last one decided. */
export const Reason = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('certificate'),
    state: z.enum(['none', 'valid', 'expired', 'not-yet-valid', 'other-use']),
    certificate: VisitorCertificate.nullable(),
  }),
  /** Whether Access accepts the issuer on this hostname. */
  z.strictObject({
    kind: z.literal('association'),
    hostname: z.string(),
    outcome: z.enum(['no-ca', 'accepted', 'other-ca', 'ca-expired', 'unknown']),
    /** The CAs associated with the hostname; where one of them accepted the certificate, that one alone. */
    cas: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('application'), chosen: CoveredAddress, beaten: z.array(CoveredAddress) }),
  z.strictObject({ kind: z.literal('application-unclear'), candidates: z.array(CoveredAddress) }),
  z.strictObject({ kind: z.literal('path-override'), application: z.string(), path: z.string(), behavior: z.string() }),
  z.strictObject({
    kind: z.literal('no-application'),
    hostname: z.string(),
    outcome: z.enum(['open', 'denied', 'exempted-zone', 'worker', 'other-account', 'unknown']),
  }),
  z.strictObject({
    kind: z.literal('policy'),
    /** Its place among the policies of the application, from 1, in the order in which they are evaluated. */
    position: z.number().int(),
    id: AccessPolicyId,
    /** Null for one that is attached but could not be read. */
    name: z.string().nullable(),
    application: z.string(),
    decision: AccessDecision,
    matches: Truth,
    /** Null where they could not be read. */
    rules: AccessRules.nullable(),
    /** What made it match, not match, or stay open. */
    findings: z.array(RuleFinding),
  }),
  /** Every policy was asked and none decided. */
  z.strictObject({ kind: z.literal('no-policy'), application: z.string(), hasLogin: z.boolean() }),
])
export type Reason = z.infer<typeof Reason>

const AccessVerdict = z.enum(['let-in', 'refused', 'depends'])
export const Outlook = z.strictObject({
  verdict: AccessVerdict,
  /** Empty unless the verdict is `depends`. */
  dependsOn: z.array(Factor),
})
export type Outlook = z.infer<typeof Outlook>

/** Who gets in: the answer for one visitor and one address, as the account was read at a time. */
export const Explanation = Outlook.extend({ reasons: z.array(Reason), readAt: Instant })
export type Explanation = z.infer<typeof Explanation>
