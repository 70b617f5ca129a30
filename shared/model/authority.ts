import { z } from 'zod'
import { CertificateView } from './certificate'
import { RequestDraft, SubjectDraft, SubjectFields } from './identity'
import { AuthorityId, IdentityId, Instant, Sha256, StagedId } from './ids'
import { KeyAlgorithm, KeyCode } from './key'

/** Lifetimes of Cloudflare's walkthrough, in days. */
export const defaultDays = { root: 3650, intermediate: 1825, client: 365, crl: 30 } as const

const days = z.number().int().min(1).max(36_500)

export const AuthorityDraft = z.strictObject({
  subject: SubjectDraft,
  algorithm: KeyAlgorithm.default('rsa-4096'),
  days,
  /** How many issuers may stand below it: null for no limit. */
  pathLength: z.number().int().min(0).max(10).nullable().default(null),
})
export type AuthorityDraft = z.infer<typeof AuthorityDraft>

/** A running `cfssl serve` that signs for an issuer whose key is not here. */
export const CfsslSigner = z.strictObject({
  /** `https://signer.example:8888`, without a path. */
  address: z.string().max(2048),
  /** Which of its signers; mostly empty. */
  label: z.string().max(256),
  /** A profile of its configuration: it decides on lifetime and uses. */
  profile: z.string().max(256),
})
export type CfsslSigner = z.infer<typeof CfsslSigner>

export const SignerDraft = CfsslSigner.extend({
  /** The `auth_keys` entry of its configuration, hex; null where it signs for anybody. */
  authKey: z.string().min(2).max(1024).nullable(),
  /** Somebody insists on plain http to another machine. */
  plainHttp: z.boolean().default(false),
})
export type SignerDraft = z.infer<typeof SignerDraft>

/**
 * The number of a CRL: up to 20 octets (RFC 5280 §5.2.3), so 48 decimal digits, which only text carries whole through JSON.
 */
const CrlNumber = z.string().regex(/^(0|[1-9]\d{0,47})$/u)

/** The last list (CRL) of an issuer. One that was made elsewhere may state neither number nor the next list's date. */
export const CrlSummary = z.strictObject({
  number: CrlNumber.nullable(),
  thisUpdate: Instant,
  nextUpdate: Instant.nullable(),
  entries: z.number().int(),
})
export type CrlSummary = z.infer<typeof CrlSummary>

/** Whether a list (CRL) that is dated in the future was published: only a person can know. */
export const LastCrlAnswer = z.enum(['published', 'unpublished'])
export type LastCrlAnswer = z.infer<typeof LastCrlAnswer>

export const AuthoritySummary = z.strictObject({
  id: AuthorityId,
  name: z.string(),
  /** The authority above it, where that one is ours too; null for a root and for one whose issuer is elsewhere. */
  parent: AuthorityId.nullable(),
  isRoot: z.boolean(),
  algorithm: z.string(),
  keyCode: KeyCode,
  /** False when only the certificate was imported: it can be shown and uploaded, but signs nothing. */
  hasKey: z.boolean(),
  /** Signs in its place where the key is elsewhere. */
  signer: CfsslSigner.nullable(),
  createdAt: Instant,
  notBefore: Instant,
  notAfter: Instant,
  sha256: Sha256,
  issued: z.number().int(),
  revoked: z.number().int(),
  /** Every serial number revoked under its name, whichever of its keys signed it and whether or not it was issued here. */
  revocations: z.number().int(),
  /** The authority that has taken over from this one. */
  successor: AuthorityId.nullable(),
  /** Out of the lists, and still watched. */
  archivedAt: Instant.nullable(),
  crl: CrlSummary.nullable(),
  /** A revocation since the last CRL, or a CRL that ends soon or has ended: a new one is due. */
  crlDue: z.enum(['no', 'soon', 'now']),
  /** It was restored from a backup and signs nothing before its last CRL is given, or declared absent. */
  needsLastCrl: z.boolean(),
})
export type AuthoritySummary = z.infer<typeof AuthoritySummary>

export const AuthorityDetail = z.strictObject({
  summary: AuthoritySummary,
  certificate: CertificateView,
  /** What Access wants: this authority first, its root last. CA certificates only. */
  chain: z.array(CertificateView),
  /** Whether `chain` ends with a self-signed root. */
  chainComplete: z.boolean(),
  /** The intermediates right below it. */
  children: z.array(AuthoritySummary),
})
export type AuthorityDetail = z.infer<typeof AuthorityDetail>

/** What goes when an issuer is deleted. */
export const AuthorityDeletion = z.strictObject({
  name: z.string(),
  /** It, and its other keys, where they share CRL numbers and revocations with it. */
  keys: z.array(z.strictObject({ id: AuthorityId, keyCode: KeyCode, notAfter: Instant, hasKey: z.boolean() })),
  issued: z.number().int(),
  /** Those of the issued certificates that are neither revoked nor over. */
  live: z.number().int(),
  revocations: z.number().int(),
  hasCrl: z.boolean(),
  /** Issuers below it, which stay. */
  below: z.array(z.string()),
})
export type AuthorityDeletion = z.infer<typeof AuthorityDeletion>

/** RFC 5280 §5.3.1, those that a full CRL may carry. */
export const RevocationReason = z.enum([
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'privilege-withdrawn',
])
export type RevocationReason = z.infer<typeof RevocationReason>

export const IssuedStatus = z.enum(['valid', 'expiring', 'expired', 'revoked', 'not-yet-valid'])
export type IssuedStatus = z.infer<typeof IssuedStatus>

export const IssuedCertificate = z.strictObject({
  sha256: Sha256,
  authority: AuthorityId,
  serial: z.string(),
  commonName: z.string(),
  subject: z.string(),
  keyCode: KeyCode,
  notBefore: Instant,
  notAfter: Instant,
  /** Null where it was issued elsewhere: when is not known here. */
  issuedAt: Instant.nullable(),
  /** Its private key was made by the issuer for somebody else, so it has been in two places. */
  keyMadeByIssuer: z.boolean(),
  status: IssuedStatus,
  revokedAt: Instant.nullable(),
  reason: RevocationReason.nullable(),
})
export type IssuedCertificate = z.infer<typeof IssuedCertificate>

/** What is done with several certificates at once is done with at most so many. */
export const MAX_SELECTED = 10_000

export const IssuedPage = z.strictObject({
  authority: AuthorityId.nullable(),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
  search: z.string().max(200).default(''),
  status: IssuedStatus.nullable().default(null),
  sort: z.enum(['issued', 'name', 'ends', 'serial']).default('issued'),
  descending: z.boolean().default(true),
})
export type IssuedPage = z.infer<typeof IssuedPage>

/** Names that the administrator decided on, in a form, on the command line or in a list. */
export const DecidedNames = RequestDraft.pick({ subject: true, emails: true, dnsNames: true })
export type DecidedNames = z.infer<typeof DecidedNames>

/** Whose names a certificate says. Only this decides on what is signed; no preview, file name or default does. */
export const NameChoice = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('as-requested'),
    /** Somebody agreed to leave out the alternative names of `RequestPreview.requested.leftOut`. */
    withoutUnsupported: z.boolean(),
  }),
  DecidedNames.extend({ kind: z.literal('decided') }),
])
export type NameChoice = z.infer<typeof NameChoice>

/** One CSR (or one CSV row with its CSR), read and checked, waiting for the administrator's decision. */
export const RequestPreview = z.strictObject({
  /** Its place in the batch; what `IssueChoice.row` refers to. */
  row: z.number().int(),
  /** The file or CSV line it came from. */
  source: z.string(),
  keyCode: KeyCode,
  /** The key code that a list names for this request; null where it names none. Whoever swaps a request leaves the list alone. */
  listedKeyCode: z.string().nullable(),
  publicKey: z.string(),
  /** What the requester wrote. Never taken unseen: under Common Name rules that would be impersonation. */
  requested: z.strictObject({
    subject: z.string(),
    commonName: z.string().nullable(),
    /** Alternative names that are taken along with the subject, in words. */
    alternatives: z.array(z.string()),
    /** Alternative names of kinds that are never copied, in words: leaving them out needs consent. */
    leftOut: z.array(z.string()),
    /** Why these names cannot be taken as they are; null where they can. */
    refusal: z.string().nullable(),
    /** What is legal about them and still worth a look. */
    notes: z.array(z.string()),
  }),
  /** What the list (CSV) says, where there is one. */
  listed: DecidedNames.nullable(),
  /** What a form for other names begins with. Text of the requester, not checked, and never signed as it stands. */
  form: z.strictObject({ subject: SubjectFields, emails: z.array(z.string()), dnsNames: z.array(z.string()) }),
  /** Every other extension that was asked for, in words, and whether the certificate will say just that. */
  extensions: z.array(z.strictObject({ oid: z.string(), words: z.string(), isIssued: z.boolean() })),
  /** Why it can not be issued under any name: a bad signature, a key that Access refuses, a duplicate. Null when it can. */
  refusal: z.string().nullable(),
})
export type RequestPreview = z.infer<typeof RequestPreview>

/** Of a list that is not Unicode: what Excel writes as plain CSV in Western Europe and America. */
export const ListEncoding = z.enum(['windows-1252'])
export type ListEncoding = z.infer<typeof ListEncoding>

export const RequestBatch = z.strictObject({
  batch: StagedId,
  rows: z.array(RequestPreview),
  /** What is wrong with the lists themselves; `needsEncoding`: it can be read once somebody says in which encoding it is. */
  listFaults: z.array(z.strictObject({ source: z.string(), reason: z.string(), needsEncoding: z.boolean() })),
  /** Files that hold no request, each with the reason. */
  unreadable: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
  /** Columns of lists that are ignored. */
  ignored: z.array(z.strictObject({ source: z.string(), column: z.string() })),
})
export type RequestBatch = z.infer<typeof RequestBatch>

export const IssueChoice = z.strictObject({ row: z.number().int(), names: NameChoice, days })
export type IssueChoice = z.infer<typeof IssueChoice>

export const IssueOutcome = z.strictObject({
  issued: z.array(IssuedCertificate),
  refused: z.array(z.strictObject({ row: z.number().int(), reason: z.string() })),
})
export type IssueOutcome = z.infer<typeof IssueOutcome>

/** A signing key that stays unlocked for one reviewed batch. */
export const UnlockedKey = z.strictObject({ authority: AuthorityId, batch: StagedId, until: Instant })
export type UnlockedKey = z.infer<typeof UnlockedKey>

/** Of several certificates: the new ones, and those that could not be renewed. */
export const RenewOutcome = z.strictObject({
  renewed: z.array(IssuedCertificate),
  refused: z.array(z.strictObject({ certificate: Sha256, commonName: z.string(), reason: z.string() })),
})
export type RenewOutcome = z.infer<typeof RenewOutcome>

/** A certificate for somebody else, whose key is made here and kept nowhere. */
export const KeyForOther = z.strictObject({
  authority: AuthorityId,
  names: DecidedNames,
  algorithm: KeyAlgorithm,
  days,
})
export type KeyForOther = z.infer<typeof KeyForOther>

/** The password is shown once; nothing keeps it. */
export const MadeForOther = z.strictObject({ name: z.string(), password: z.string(), certificate: IssuedCertificate })
export type MadeForOther = z.infer<typeof MadeForOther>

/** Which certificate to issue for a key that this app keeps itself. */
export const IssueToIdentity = z.strictObject({ authority: AuthorityId, identity: IdentityId, days })
export type IssueToIdentity = z.infer<typeof IssueToIdentity>

/** Lifetimes are asked for in days everywhere. */
export const Days = days
