import type { NewActivity } from '#shared/model/activity'
import type { RestoredKey, RestoreReport } from '#shared/model/backup'
import type { Host } from '#shared/model/host'
import type { AuthorityId, IdentityId } from '#shared/model/ids'
import type { IssueTemplate } from '#shared/model/issue-template'
import type { ProbeReport } from '#shared/model/probe'
import type { AuthorityListRow, AuthorityRow, CrlRow, IssuedRow, RevocationRow } from '../authority-tables'
import type { CertificateRow, IdentityRow, RenewalRow } from '../identity-rows'

/** What of the records a backup keeps, in the order in which it keeps them. */
export const backupSections = [
  'certificates',
  'identities',
  'renewals',
  'sites',
  'reports',
  'activity',
  'issuers',
  'templates',
  'issued',
  'revocations',
  'crls',
] as const
export type BackupSection = (typeof backupSections)[number]

/** The last list of an issuer as it is kept. */
interface BackupCrl extends CrlRow {
  authority: AuthorityId
  /** How many revocations were known when it was written. */
  revocations: number
  der: Uint8Array
}

export interface BackupRows {
  certificates: CertificateRow
  /** `keyInVault`: in a restore, whether the backup has its key. */
  identities: IdentityRow & { originalName: string }
  renewals: RenewalRow
  sites: Host
  reports: ProbeReport
  activity: NewActivity
  /** `hasKey`: in a restore, whether the backup has its key. */
  issuers: AuthorityRow & Pick<AuthorityListRow, 'archivedAt'>
  templates: IssueTemplate
  issued: IssuedRow & { der: Uint8Array }
  revocations: RevocationRow & { authority: AuthorityId }
  crls: BackupCrl
}

export type BackupRow = { [Section in BackupSection]: { section: Section; row: BackupRows[Section] } }[BackupSection]

/** What a merge does, and the keys that it wants to be in the vault before. */
export interface MergeResult {
  report: Omit<RestoreReport, 'madeAt' | 'setupKey'>
  keys: RestoredKey<IdentityId>[]
  issuerKeys: RestoredKey<AuthorityId>[]
}
