import { z } from 'zod'
import { type AuthorityId, type IdentityId, Instant } from './ids'

/** As files of this kind are called. */
export const BACKUP_ENDING = 'latchkey-backup'

const count = z.number().int().nonnegative()

/** How much of everything is in a backup. */
export const BackupContents = z.strictObject({
  certificates: count,
  /** Private keys of certificates. */
  keys: count,
  sites: count,
  reports: count,
  activity: count,
  issuers: count,
  /** Private keys of issuers, each still behind its own passphrase. */
  issuerKeys: count,
  templates: count,
  issued: count,
  /** Whether the key that signs set-up files is in it. */
  setupKey: z.boolean(),
})
export type BackupContents = z.infer<typeof BackupContents>

/** When the last backup was made, and whether the person should be told that there is none. */
export const BackupState = z.strictObject({
  madeAt: Instant.nullable(),
  /** Private keys that a backup would keep: of certificates other than practice ones, and of issuers. */
  keys: count,
  issuerKeys: count,
  remind: z.boolean(),
})
export type BackupState = z.infer<typeof BackupState>

/** What a restore does with the things of one kind. */
export const RestoreTally = z.strictObject({
  added: count,
  /** Here already, but not all of it: the rest is added. */
  completed: count,
  /** Here already and not the same: what is here stays. */
  differing: count,
  present: count,
})
export type RestoreTally = z.infer<typeof RestoreTally>

/** What is added to a certificate or an issuer that is here already. */
export const RestoredPart = z.enum([
  'key',
  'request',
  'certificate',
  'newer-certificate',
  'chain',
  'renewal',
  'revocations',
  'crl',
])
export type RestoredPart = z.infer<typeof RestoredPart>

/** In what it differs from what is here. */
export const KeptPart = z.enum(['name', 'certificate', 'settings', 'serial'])
export type KeptPart = z.infer<typeof KeptPart>

/** One thing that is here already and is not the same in the backup. */
export const RestoreChange = z.strictObject({
  kind: z.enum(['certificate', 'site', 'issuer', 'template', 'issued']),
  name: z.string(),
  added: z.array(RestoredPart),
  kept: z.array(KeptPart),
})
export type RestoreChange = z.infer<typeof RestoreChange>

export const MAX_RESTORE_CHANGES = 100

/** What a restore would do, or did. */
export const RestoreReport = z.strictObject({
  madeAt: Instant,
  certificates: RestoreTally,
  sites: RestoreTally,
  reports: RestoreTally,
  activity: RestoreTally,
  issuers: RestoreTally,
  templates: RestoreTally,
  issued: RestoreTally,
  revocations: RestoreTally,
  /** Private keys that are added. */
  keys: count,
  issuerKeys: count,
  /** The key that signs set-up files. `kept`: there is one here, which stays. Null where the backup has none. */
  setupKey: z.enum(['added', 'present', 'kept']).nullable(),
  /** No more than `MAX_RESTORE_CHANGES`; the tallies count all. */
  changes: z.array(RestoreChange).max(MAX_RESTORE_CHANGES),
  /** Names of issuers that may only sign again once their last CRL has been given, or declared absent. */
  waiting: z.array(z.string()).max(MAX_RESTORE_CHANGES),
})
export type RestoreReport = z.infer<typeof RestoreReport>

/** A key in the backup, and the record that it belongs to here. */
export interface RestoredKey<Id extends IdentityId | AuthorityId> {
  inBackup: Id
  here: Id
}

/**
 * `known`: every list of this issuer is known, as far as can be told. `needed`: it was restored, and may have published a
 * list since. `absent`: the person says that there is none, or that it cannot be found.
 */
export const LastCrlState = z.enum(['known', 'needed', 'absent'])
export type LastCrlState = z.infer<typeof LastCrlState>
