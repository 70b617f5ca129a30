import { z } from 'zod'
import { dnsNamePattern, MAX_DNS_NAME } from '../logic/dns-name'
import { certificateEmailPattern, MAX_EMAIL_ADDRESS } from '../logic/email-address'
import { mostFiles } from '../logic/file-limits'
import { faultOfText, nameBounds } from '../logic/name-rules'
import { CertificateView, Check } from './certificate'
import { InspectFailure } from './details'
import { FileSource } from './file'
import { HostId, IdentityId, Instant, JobId, ReportId, Sha256, StagedId } from './ids'
import { KeyAlgorithm, KeyCode } from './key'
import { GivenName, KeptLine, Note, Tags } from './label'
import { Page } from './page'
import { RenewalProgress, Replaced, Replacement } from './renewal'
import { Install } from './store'

/** Typed text: surrounding spaces are removed, and empty text leaves the field out. */
const attribute = (limit: number) =>
  z
    .string()
    .trim()
    .superRefine((text, context) => {
      const fault = text === '' ? null : faultOfText(text, limit)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })

/** The name that was decided on in a form, a list or on the command line. */
export const SubjectDraft = z.strictObject({
  commonName: attribute(nameBounds.commonName).min(1),
  organization: attribute(nameBounds.organization).default(''),
  organizationalUnit: attribute(nameBounds.organizationalUnit).default(''),
  locality: attribute(nameBounds.locality).default(''),
  state: attribute(nameBounds.state).default(''),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/u)
    .default(''),
})
export type SubjectDraft = z.infer<typeof SubjectDraft>

/** The same fields with any text: recorded before the rules existed, or in a form that is still being edited. */
export const SubjectFields = z.strictObject({
  commonName: z.string(),
  organization: z.string().default(''),
  organizationalUnit: z.string().default(''),
  locality: z.string().default(''),
  state: z.string().default(''),
  country: z.string().default(''),
})

export const DnsName = z.string().trim().toLowerCase().max(MAX_DNS_NAME).regex(dnsNamePattern)

export const RequestDraft = z.strictObject({
  subject: SubjectDraft,
  algorithm: KeyAlgorithm.default('rsa-2048'),
  emails: z
    .array(z.string().max(MAX_EMAIL_ADDRESS).regex(certificateEmailPattern, 'Invalid email address'))
    .max(20)
    .default([]),
  dnsNames: z.array(DnsName).max(20).default([]),
})
export type RequestDraft = z.infer<typeof RequestDraft>

/** The two words beside a name in the list. */
export const IdentityStatus = z.enum([
  'waiting',
  'issued',
  'installed',
  'working',
  'refused',
  'expiring',
  'expired',
  'not-yet-valid',
  'no-client-use',
  'replaced',
])
export type IdentityStatus = z.infer<typeof IdentityStatus>

const journeySteps = ['key', 'requested', 'issued', 'installed', 'trusted', 'tested'] as const
export const JourneyStep = z.enum(journeySteps)
export type JourneyStep = z.infer<typeof JourneyStep>

/** `withheld`: the step was left out on purpose and the reason is on the install. */
export const Journey = z.record(JourneyStep, z.enum(['done', 'next', 'later', 'withheld', 'failed']))
export type Journey = z.infer<typeof Journey>

/** On how many sites a certificate was tested, and on how many of them the last test was good. */
export const TestedSites = z.strictObject({ works: z.number().int(), total: z.number().int() })
export type TestedSites = z.infer<typeof TestedSites>

/** Which certificates a list shows: waiting for their certificate, valid, expired …; `refused`: no site lets it in. */
export const CertificateState = z.enum(['waiting', 'valid', 'expiring', 'expired', 'refused'])
export type CertificateState = z.infer<typeof CertificateState>

export const CertificateOrder = z.enum(['newest', 'name', 'expires'])
export type CertificateOrder = z.infer<typeof CertificateOrder>

export const IdentityQuery = Page.extend({
  state: CertificateState.nullable().default(null),
  tag: KeptLine.nullable().default(null),
  order: CertificateOrder.default('newest'),
})
export type IdentityQuery = z.infer<typeof IdentityQuery>

/** What a person writes on a certificate to find it again; nothing of it is in the certificate. */
export const IdentityLabel = z.strictObject({ name: GivenName.min(1), tags: Tags, note: Note })
export type IdentityLabel = z.infer<typeof IdentityLabel>

export const IdentitySummary = z.strictObject({
  id: IdentityId,
  name: z.string(),
  algorithm: z.string(),
  keyCode: KeyCode,
  /** False after a "store only" install or when the sealed file is gone. */
  keyInVault: z.boolean(),
  createdAt: Instant,
  status: IdentityStatus,
  sites: TestedSites,
  journey: Journey,
  issuer: z.string().nullable(),
  notBefore: Instant.nullable(),
  notAfter: Instant.nullable(),
  sha256: Sha256.nullable(),
  /** Issued by this app's practice CA; never offered for trust. */
  practice: z.boolean(),
  /** What was requested in its place. */
  replacement: Replacement.nullable(),
  /** What it was requested in the place of. */
  replaces: Replaced.nullable(),
})
export type IdentitySummary = z.infer<typeof IdentitySummary>

export const LastTest = z.strictObject({
  report: ReportId,
  host: HostId,
  address: z.string(),
  at: Instant,
  good: z.boolean(),
  sentence: z.string(),
})
export type LastTest = z.infer<typeof LastTest>

export const IdentityDetail = z.strictObject({
  summary: IdentitySummary,
  tags: z.array(KeptLine),
  note: z.string(),
  subject: z.string(),
  alternativeNames: z.array(z.string()),
  requestPem: z.string().nullable(),
  certificate: CertificateView.nullable(),
  /** From the issuer upwards, in order, as far as it is known. */
  chain: z.array(CertificateView),
  checks: z.array(Check),
  installs: z.array(Install),
  tests: z.array(LastTest),
  /** Once it has been issued in the place of another one, until that one is removed or kept. */
  renewal: RenewalProgress.nullable(),
})
export type IdentityDetail = z.infer<typeof IdentityDetail>

export const ImportInput = z.strictObject({
  sources: z.array(FileSource).max(mostFiles),
  password: z.string().max(1024).nullable(),
  /** Continues with a file that was waiting for its password or its key. */
  staged: StagedId.nullable(),
  /** Which of several certificates is meant. */
  pick: Sha256.nullable().default(null),
  /** Continues without the file that waits for its password. */
  leaveClosed: z.boolean().default(false),
  job: JobId,
})
export type ImportInput = z.infer<typeof ImportInput>

/** One of several certificates in the same files, each with its key. */
export const ImportChoice = z.strictObject({
  certificate: Sha256,
  name: z.string(),
  issuer: z.string(),
  notAfter: Instant,
  keyCode: KeyCode,
  /** Its key is here already; otherwise it comes out of these files. */
  keyIsHere: z.boolean(),
})
export type ImportChoice = z.infer<typeof ImportChoice>

/** Files, and parts of files, that could not be read, beside those that could. */
const unread = z.array(InspectFailure)

const several = { staged: StagedId, choices: z.array(ImportChoice).min(1) }

export const ImportOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('imported'),
    identity: IdentitySummary,
    checks: z.array(Check),
    /** The file brought a private key along: its maker has had it. */
    keyCameAlong: z.boolean(),
    /** It was there already, with the very same certificate. */
    unchanged: z.boolean(),
    /** What else is in the files and has not been added. */
    others: z.strictObject(several).nullable(),
    unread,
  }),
  z.strictObject({ kind: z.literal('several'), ...several }),
  z.strictObject({ kind: z.literal('password-needed'), staged: StagedId, fileName: z.string(), wrong: z.boolean() }),
  /** Issuers came alone, and completed or renewed the chains of these. */
  z.strictObject({
    kind: z.literal('issuers-added'),
    to: z.array(z.strictObject({ id: IdentityId, name: z.string() })),
    unread,
  }),
  z.strictObject({
    kind: z.literal('no-matching-key'),
    staged: StagedId,
    certificate: CertificateView,
    waiting: z.array(z.strictObject({ id: IdentityId, name: z.string(), keyCode: KeyCode })),
    unread,
  }),
])
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** What goes to the administrator together with the CSR. */
export const RequestMessage = z.strictObject({ subject: z.string(), body: z.string(), keyCode: KeyCode })
export type RequestMessage = z.infer<typeof RequestMessage>
