import type { DatedCertificate } from '#shared/logic/expiring/replaced'
import type { AccessAccount, AccountId } from '#shared/model/access-account'
import type { AccessLook } from '#shared/model/access-look'
import type { KeptRollOverTests } from '#shared/model/access-roll-over'
import type { Activity, ActivityKind, NewActivity } from '#shared/model/activity'
import type { BackupState } from '#shared/model/backup'
import type { GivenWarning } from '#shared/model/expiring'
import type { Host } from '#shared/model/host'
import type { CertificateOrder, CertificateState, IdentityLabel, TestedSites } from '#shared/model/identity'
import type { HostId, IdentityId, InstallId, Instant, ReportId, Sha256 } from '#shared/model/ids'
import type { KeptProtection } from '#shared/model/kept-protection'
import type { Tag } from '#shared/model/label'
import type { Page, PageOf } from '#shared/model/page'
import type { ProbeReport, ReportSummary } from '#shared/model/probe'
import type { Replaced, Replacement } from '#shared/model/renewal'
import type { Install } from '#shared/model/store'
import type { Undo } from '#shared/model/undo'
import type { AuthorityTables } from './authority-tables'
import type { BackupRow, MergeResult } from './backup/rows'
import type { CertificateRow, IdentityRow, RenewalRow } from './identity-rows'

/** Why a tag was added to nothing: one of them is gone, or has as many as it can have. */
export type TagRefusal = { reason: 'gone' } | { reason: 'full'; name: string }

export type HostChanges = Partial<Omit<Host, 'id' | 'createdAt' | 'practice'>>

/** What else narrows or orders a list of certificates. `soon`: what ends before it is called expiring. */
export interface IdentityFilter {
  state: { is: CertificateState; now: Instant; soon: Instant } | null
  tag: Tag | null
  order: CertificateOrder
}

/** What an identity's summary needs, joined in one query so that lists stay fast. */
export interface IdentityListRow extends Omit<IdentityRow, 'requestDer' | 'namedIssuers'> {
  hasRequest: boolean
  issuer: string | null
  notBefore: Instant | null
  notAfter: Instant | null
  installs: Install[]
  /** What was requested in its place, and the other way round. */
  replacement: Replacement | null
  replaces: Replaced | null
  /** Of the sites that it was tested on, those where the last test was good. */
  sites: TestedSites
}

/** One journalled operation: what was begun, how far it is known to have come, and how to take it back. */
export interface OperationRow {
  /** A UUID, unless somebody else wrote the row. */
  id: string
  kind: string
  /** Name of the last step known to be complete; 'begun' before the first. */
  step: string
  /** JSON without secrets; parsed by the operation that wrote it. */
  payload: string
  startedAt: Instant
  /** Proves that this vault wrote the row, on this computer and account; null where that could not be proven. */
  mac: string | null
}

/** How far an operation has come. */
export type OperationProgress = Pick<OperationRow, 'id' | 'step' | 'payload' | 'mac'>

interface BackupRecord extends Omit<BackupState, 'remind'> {
  /** When the reminder was dismissed. */
  dismissedAt: Instant | null
}

/** A warning that is about to be given. */
export interface WantedWarning extends Pick<GivenWarning, 'key' | 'stage'> {
  /** When the thing that it warns of expires. */
  ends: Instant
}

/**
 * Everything Latchkey remembers that is not secret. Methods are asynchronous because SQLite runs in a worker; each is
 * one transaction. Rows are parsed with zod on the way out. Errors: `database-damaged`, `database-too-new`,
 * `disk-full`, `home-unusable`.
 */
export interface Database extends AuthorityTables {
  identities: {
    insert(row: IdentityRow): Promise<void>
    get(id: IdentityId): Promise<IdentityRow | null>
    findByKey(keySha256: Sha256): Promise<IdentityRow | null>
    /** Newest first, unless the filter says otherwise; `search` matches name, issuer, key code, tags and note. */
    list(page: Page, filter?: IdentityFilter): Promise<PageOf<IdentityListRow>>
    /** False where there is none. */
    label(id: IdentityId, label: IdentityLabel): Promise<boolean>
    tags(): Promise<Tag[]>
    /** To all of them; where one refuses, to none. Null: done. */
    addTag(ids: IdentityId[], tag: Tag): Promise<TagRefusal | null>
    summary(id: IdentityId): Promise<IdentityListRow | null>
    /**
     * The certificates that end in this time, and every other one of their names, which may have replaced them. Practice
     * certificates are left out.
     */
    ending(from: Instant, until: Instant): Promise<DatedCertificate[]>
    /** Those with a request and no certificate yet, newest first. */
    waiting(): Promise<IdentityRow[]>
    /** Files certificate and chain and links them to the identity, in one transaction; `at`: now, for a renewal that ends by it. */
    setCertificate(
      id: IdentityId,
      certificate: CertificateRow,
      chain: CertificateRow[],
      practice: boolean,
      at: Instant,
    ): Promise<void>
    setKeyInVault(id: IdentityId, inVault: boolean): Promise<void>
    /** Removes the identity with its installs' rows; certificates that nothing refers to are deleted too. */
    delete(id: IdentityId): Promise<void>
    ids(): Promise<IdentityId[]>
  }
  certificates: {
    get(sha256: Sha256): Promise<CertificateRow | null>
    getMany(sha256: Sha256[]): Promise<CertificateRow[]>
    /** Every certificate whose DER may serve as an issuer when a chain is completed. */
    authorities(): Promise<CertificateRow[]>
    add(rows: CertificateRow[]): Promise<void>
  }
  installs: {
    /** `undo` replaces what was recorded before; left out, the recorded steps stay. */
    upsert(row: Install, undo?: Undo[]): Promise<void>
    /** How to take back what the install changed in its store, oldest first. */
    undoOf(id: InstallId): Promise<Undo[]>
    get(id: InstallId): Promise<Install | null>
    ofIdentity(identity: IdentityId): Promise<Install[]>
    all(): Promise<Install[]>
    /**
     * Writes down what was seen in a store. False, and nothing is written, where the record is no longer what it was
     * `before` the store was read (null: there was none for this identity in this store).
     */
    observe(before: Install | null, seen: Install): Promise<boolean>
    delete(id: InstallId): Promise<void>
  }
  hosts: {
    insert(row: Host): Promise<void>
    /**
     * Changes these fields of the site as it is now, and returns it; null where it is gone. A pinned key belongs to one
     * server, so another name or port drops it.
     */
    change(id: HostId, changes: HostChanges): Promise<Host | null>
    /** As with identities. */
    addTag(ids: HostId[], tag: Tag): Promise<TagRefusal | null>
    get(id: HostId): Promise<Host | null>
    list(page: Page): Promise<PageOf<Host>>
    practice(): Promise<Host | null>
    /** With their reports, all kept aside; what was set aside before `forget` is gone for good. */
    delete(ids: HostId[], moments: { now: Instant; forget: Instant }): Promise<void>
    /** Back into the list with their reports. False, and nothing is changed, where one is no longer kept. */
    restore(ids: HostId[]): Promise<boolean>
  }
  reports: {
    /**
     * The report must already be redacted: cookie values and bodies never reach the disk. With it go its host's last test and
     * its line in the activity, in one transaction: somebody waits for the disk.
     */
    add(report: ProbeReport, at: Date): Promise<void>
    get(id: ReportId): Promise<ProbeReport | null>
    list(host: HostId | null, page: Page): Promise<PageOf<ReportSummary>>
    /** Latest report of each host tested with this identity. */
    ofIdentity(identity: IdentityId): Promise<ReportSummary[]>
    /** The same for the tests that began before this moment. */
    before(identity: IdentityId, moment: Instant): Promise<ReportSummary[]>
  }
  activity: {
    /** For what changes no other table; a change takes its line into its own transaction. */
    append(line: NewActivity): Promise<void>
    /** Newest first. */
    list(page: Page, kinds?: readonly ActivityKind[] | null): Promise<PageOf<Activity>>
  }
  /** One for each Cloudflare account. */
  accessLooks: {
    /** Whether an account was ever looked at. */
    exist(): Promise<boolean>
    get(account: AccountId): Promise<AccessLook | null>
    put(look: AccessLook): Promise<void>
  }
  /** Each account as it was last read, without `fetched`. */
  accessReadings: {
    /** The latest first. */
    all(): Promise<AccessAccount[]>
    put(reading: AccessAccount): Promise<void>
  }
  /** How far somebody has come with protecting a site of an account. */
  protections: {
    get(account: AccountId): Promise<KeptProtection | null>
    put(account: AccountId, kept: KeptProtection): Promise<void>
    delete(account: AccountId): Promise<void>
  }
  /** What the last tests of both CAs of a roll-over showed, one for each account. */
  rollOverTests: {
    get(account: AccountId): Promise<KeptRollOverTests | null>
    put(account: AccountId, kept: KeptRollOverTests): Promise<void>
  }
  operations: {
    begin(row: OperationRow): Promise<void>
    advance(progress: OperationProgress): Promise<void>
    /** `line` is added to the activity in the same transaction. */
    finish(id: string, line: NewActivity | null): Promise<void>
    /** Oldest first. */
    unfinished(): Promise<OperationRow[]>
    /** Removes the row that says just this, whatever its id is. */
    discard(row: OperationRow, line: NewActivity): Promise<void>
  }
  renewals: {
    /**
     * With the new identity that holds the request, or for the same key with its new request (DER), in one transaction.
     * False, and nothing is written, where the identity that is replaced is gone.
     */
    begin(row: RenewalRow, request: IdentityRow | Uint8Array, line: NewActivity | null): Promise<boolean>
    get(identity: IdentityId): Promise<RenewalRow | null>
    /** The old certificate is kept beside the new one. */
    finish(identity: IdentityId, at: Instant): Promise<void>
  }
  warnings: {
    given(): Promise<GivenWarning[]>
    /**
     * Marks these as given and returns those that no other process has marked before. Ones that were marked later than
     * `ahead` do not count, since a clock was wrong then; those whose `ends` lies before `forget` are deleted.
     */
    claim(wanted: WantedWarning[], times: { now: Instant; ahead: Instant; forget: Instant }): Promise<WantedWarning[]>
    /** Takes back the mark of those that could not be given after all. */
    release(notGiven: Omit<WantedWarning, 'ends'>[]): Promise<void>
  }
  /** Backups that are made here. */
  backups: {
    state(): Promise<BackupRecord>
    noteMade(at: Instant, line: NewActivity): Promise<void>
    /** The reminder that there is none. */
    dismiss(at: Instant): Promise<void>
    /** The records as they are now, for `next`, which gives none at the end. `total`: how many there are, roughly. */
    open(): Promise<{ total: number }>
    next(): Promise<BackupRow[]>
    close(): Promise<void>
  }
  /** What a backup holds, on its way into the records: first staged, then tried, then merged as a whole. */
  restores: {
    begin(): Promise<void>
    add(rows: BackupRow[]): Promise<void>
    /** What `apply` would do now; nothing is changed. */
    attempt(): Promise<MergeResult>
    /** `progress`: of the operation, written in the same transaction. */
    apply(progress: OperationProgress): Promise<MergeResult>
    end(): Promise<void>
  }
  /**
   * The cross-process operation lock: held by at most one process of this home folder, released by the kernel when
   * its holder dies. Returns a release function, or null when another process holds it.
   */
  tryLock(): Promise<(() => Promise<void>) | null>
  close(): Promise<void>
}
