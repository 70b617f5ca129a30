import { z } from 'zod'
import { mostFiles } from '../logic/file-limits'
import { nameBounds } from '../logic/name-rules'
import {
  AuthorityDeletion,
  AuthorityDetail,
  AuthorityDraft,
  AuthoritySummary,
  Days,
  IssueChoice,
  IssuedCertificate,
  IssuedPage,
  IssueOutcome,
  IssueToIdentity,
  KeyForOther,
  LastCrlAnswer,
  ListEncoding,
  MAX_SELECTED,
  MadeForOther,
  RenewOutcome,
  RequestBatch,
  RevocationReason,
  SignerDraft,
  UnlockedKey,
} from '../model/authority'
import { ObjectDetails } from '../model/details'
import { FileSource } from '../model/file'
import { ImportOutcome } from '../model/identity'
import { AuthorityId, JobId, Sha256, StagedId, TemplateId } from '../model/ids'
import { IssueTemplate, IssueTemplateDraft } from '../model/issue-template'
import { KeyCode } from '../model/key'
import { pageOf } from '../model/page'
import { Revocable, RevocableChoice, Revocation, RevocationTarget } from '../model/revocation'
import { Passphrase } from '../model/vault'

const ofAuthority = z.strictObject({ authority: AuthorityId })
const ofIssued = z.strictObject({ certificate: Sha256 })
const saved = z.strictObject({ name: z.string().nullable() })
const done = z.literal(true)
/** Asked for at every signature and kept nowhere. */
const signing = { passphrase: Passphrase }
/** Null where the key is at a signer elsewhere. */
const signingAnywhere = { passphrase: Passphrase.nullable() }
/** In characters: one beyond the Basic Multilingual Plane has two code units. */
const CommonNameText = z.string().refine((text) => [...text].length <= nameBounds.commonName)
const several = z.array(Sha256).min(1).max(MAX_SELECTED)
const sources = z.array(FileSource).min(1).max(mostFiles)

/** `offered`: whether a key can stay unlocked at all. */
const UnlockedState = z.strictObject({ offered: z.boolean(), key: UnlockedKey.nullable() })

/** The administrator's half: issuers, what they issued, and what was revoked. */
export const authorityRows = {
  'authorities.list': () => ({ in: z.undefined(), out: z.array(AuthoritySummary) }),
  'authorities.detail': () => ({ in: ofAuthority, out: AuthorityDetail }),
  /** `issuer` null makes a root. `passphrase` seals the new key. */
  'authorities.create': () => ({
    in: z.strictObject({
      draft: AuthorityDraft,
      passphrase: Passphrase,
      issuer: z.strictObject({ authority: AuthorityId, ...signing }).nullable(),
      job: JobId,
    }),
    out: AuthoritySummary,
  }),
  /** Certificate, chain and key in any of the known files; `password` opens them, `passphrase` seals the key here. */
  'authorities.import': () => ({
    in: z.strictObject({
      sources,
      password: z.string().max(1024).nullable(),
      passphrase: Passphrase.nullable(),
      job: JobId,
    }),
    out: AuthoritySummary,
  }),
  /** A running `cfssl serve` becomes the signer of the issuer whose certificate it names, which is added if it is new. */
  'authorities.connect': () => ({ in: SignerDraft, out: AuthoritySummary }),
  /** An issuer whose record is gone, from its sealed key and the certificate beside it. */
  'authorities.rebuild': () => ({
    in: z.strictObject({ authority: AuthorityId, passphrase: Passphrase }),
    out: AuthoritySummary,
  }),
  /** The last list of a restored issuer, so that it may sign again; null: there is none newer, or none can be found. */
  'authorities.settleLastCrl': () => ({
    in: ofAuthority.extend({ sources: sources.nullable() }),
    out: AuthoritySummary,
  }),
  'authorities.setPassphrase': () => ({
    in: z.strictObject({ authority: AuthorityId, current: Passphrase, passphrase: Passphrase }),
    out: done,
  }),
  /** Key, chain and last CRL as PKCS#12. `passphrase` opens the key, `password` protects the file. */
  'authorities.export': () => ({
    in: ofAuthority.extend({ ...signing, password: Passphrase }),
    out: saved,
  }),
  'authorities.archive': () => ({ in: ofAuthority.extend({ archived: z.boolean() }), out: AuthoritySummary }),
  /** What deleting would take away; nothing is deleted yet. */
  'authorities.deletion': () => ({ in: ofAuthority, out: AuthorityDeletion }),
  /** `name`: the issuer's, as a person typed it. */
  'authorities.delete': () => ({ in: ofAuthority.extend({ name: z.string().min(1).max(1024) }), out: done }),
  /** A successor with the same name, a new key and a new lifetime; the old one stays until its certificates are gone. */
  'authorities.rollOver': () => ({
    in: z.strictObject({
      authority: AuthorityId,
      days: Days,
      passphrase: Passphrase,
      /** Signs the successor of an intermediate; null for a root, which signs itself. */
      issuer: z.strictObject({ authority: AuthorityId, ...signing }).nullable(),
      job: JobId,
    }),
    out: AuthoritySummary,
  }),
  'authorities.saveChain': () => ({ in: ofAuthority, out: saved }),
  /** Reads CSRs and a CSV that names them. Nothing is signed yet. */
  'authorities.readRequests': () => ({
    in: z.strictObject({ authority: AuthorityId, sources, encoding: ListEncoding.nullable(), job: JobId }),
    out: RequestBatch,
  }),
  'authorities.issue': () => ({
    in: z.strictObject({
      authority: AuthorityId,
      ...signingAnywhere,
      batch: StagedId,
      choices: z.array(IssueChoice).min(1).max(10_000),
      job: JobId,
    }),
    out: IssueOutcome,
  }),
  /** Those of every issuer. */
  'authorities.templates': () => ({ in: z.undefined(), out: z.array(IssueTemplate) }),
  'authorities.saveTemplate': () => ({ in: IssueTemplateDraft, out: IssueTemplate }),
  'authorities.deleteTemplate': () => ({ in: z.strictObject({ template: TemplateId }), out: done }),
  /** For five minutes and this batch; intermediates only, and not where `offered` is false. */
  'authorities.unlock': () => ({
    in: ofAuthority.extend({ batch: StagedId, ...signing }),
    out: UnlockedState,
  }),
  'authorities.unlocked': () => ({ in: z.undefined(), out: UnlockedState }),
  'authorities.forgetKey': () => ({ in: z.undefined(), out: done }),
  'authorities.issueToIdentity': () => ({ in: IssueToIdentity.extend(signingAnywhere), out: ImportOutcome }),
  /** Off unless switched on in Settings. */
  'authorities.keysForOthers': () => ({ in: z.undefined(), out: z.strictObject({ allowed: z.boolean() }) }),
  'authorities.allowKeysForOthers': () => ({
    in: z.strictObject({ allowed: z.boolean() }),
    out: z.strictObject({ allowed: z.boolean() }),
  }),
  /** Key and certificate for somebody else, into a file that is chosen; null when its dialog was closed, and nothing is issued then. */
  'authorities.makeKeyForOther': () => ({
    in: KeyForOther.extend({ ...signing, job: JobId }),
    out: MadeForOther.nullable(),
  }),
  /** Somebody has this Common Name already: the live certificate under another key, if there is one. */
  'authorities.namesake': () => ({
    in: z.strictObject({ commonName: CommonNameText, keyCode: KeyCode }),
    out: IssuedCertificate.nullable(),
  }),
  'authorities.issued': () => ({ in: IssuedPage, out: pageOf(IssuedCertificate) }),
  'authorities.issuedDetails': () => ({ in: ofIssued, out: ObjectDetails }),
  /** One certificate with its chain, or many in one PEM file. */
  'authorities.saveIssued': () => ({ in: z.strictObject({ certificates: several }), out: saved }),
  /** One file per person in a folder that is chosen; the folder's name, or null when its dialog was closed. */
  'authorities.saveIssuedEach': () => ({
    in: z.strictObject({ certificates: several, job: JobId }),
    out: z.strictObject({ folder: z.string().nullable(), names: z.array(z.string()) }),
  }),
  /** Opens the person's mail program with a message to the holder; nothing is sent. */
  'authorities.mailIssued': () => ({ in: ofIssued, out: z.literal(true) }),
  /** Same subject, same key, new serial and dates. After a roll-over the newest successor signs, with its passphrase. */
  'authorities.renew': () => ({ in: ofIssued.extend({ days: Days, ...signing }), out: IssuedCertificate }),
  'authorities.revoke': () => ({ in: ofIssued.extend({ reason: RevocationReason }), out: IssuedCertificate }),
  /** As `renew`, with one signature of their one issuer. */
  'authorities.renewSeveral': () => ({
    in: z.strictObject({ certificates: several, days: Days, ...signing, job: JobId }),
    out: RenewOutcome,
  }),
  /** All or none; `revoked` counts those that were not revoked before. */
  'authorities.revokeSeveral': () => ({
    in: z.strictObject({ certificates: several, reason: RevocationReason }),
    out: z.strictObject({ revoked: z.number().int() }),
  }),
  /** As a table (CSV). */
  'authorities.saveIssuedList': () => ({ in: z.strictObject({ certificates: several }), out: saved }),
  /** What an issuer signed elsewhere, recognised by its file or serial number. Nothing is revoked yet. */
  'authorities.readRevocable': () => ({ in: ofAuthority.extend({ choice: RevocableChoice }), out: Revocable }),
  'authorities.revokeOther': () => ({
    in: z.strictObject({ target: RevocationTarget, reason: RevocationReason }),
    out: Revocation,
  }),
  /** `lastCrl` is the answer to `crl-dated-ahead`; null before that was asked. */
  'authorities.crl': () => ({
    in: ofAuthority.extend({ days: Days, lastCrl: LastCrlAnswer.nullable(), ...signing }),
    out: AuthoritySummary,
  }),
  'authorities.saveCrl': () => ({ in: ofAuthority.extend({ form: z.enum(['pem', 'der']) }), out: saved }),
} as const
