import type { NewActivity } from '#shared/model/activity'
import type { CfsslSigner, IssuedPage, RevocationReason } from '#shared/model/authority'
import type { LastCrlState } from '#shared/model/backup'
import type { AuthorityId, Instant, Sha256, TemplateId } from '#shared/model/ids'
import type { IssueTemplate } from '#shared/model/issue-template'
import type { KeyCode } from '#shared/model/key'
import type { PageOf } from '#shared/model/page'

/** An issuer (CA). Its private key, where it is ours, is in the vault under the same id. */
export interface AuthorityRow {
  id: AuthorityId
  name: string
  /** Its subject as names are compared: those of one name are one issuer with several keys (roll-over). */
  nameKey: string
  sha256: Sha256
  der: Uint8Array
  parent: AuthorityId | null
  /** The issuers above it that are not ours, nearest first, DER in base64; as they came with it. */
  issuers: string[]
  isRoot: boolean
  algorithm: string
  keyCode: KeyCode
  keySha256: Sha256
  hasKey: boolean
  /** It was used elsewhere before, with CRL numbers of its own. */
  imported: boolean
  createdAt: Instant
  notBefore: Instant
  notAfter: Instant
  successor: AuthorityId | null
}

export interface CrlRow {
  /** Null where a list from elsewhere states no number, or none that can be continued. */
  number: bigint | null
  thisUpdate: Instant
  nextUpdate: Instant | null
  /** Somebody has published a list of that date, however far it is in the future: no later one of this key goes before it. */
  follows: Instant | null
  entries: number
}

/** The lists of one issuer's name so far, whichever of its keys signed them. */
export interface CrlLine {
  /** The highest number used; null where none is known. */
  number: bigint | null
  /** One of its keys was used elsewhere before, with numbers that are not known here. */
  isImported: boolean
  /** Lists may have been published that nobody can give: the next number leaves room for theirs. */
  hasUnknownLists: boolean
}

/** Its authentication key, where there is one, is in the vault under the issuer's id. */
export interface SignerRow extends CfsslSigner {
  hasAuthKey: boolean
}

/** An issuer that loses the one above it here: from now on its chain is kept with it, as for one whose issuer is elsewhere. */
interface OrphanedAuthority {
  id: AuthorityId
  /** DER in base64, nearest first. */
  issuers: string[]
}

export interface AuthorityListRow extends AuthorityRow {
  /** Out of the way, and still watched; null where it is in the lists. */
  archivedAt: Instant | null
  issued: number
  revoked: number
  /** Of every key that its name has had, whether or not the certificates were issued here. */
  revocations: number
  /** Revocations that its last CRL knew nothing of, of every key that its name has had. */
  unlisted: number
  crl: CrlRow | null
  lastCrl: LastCrlState
  signer: SignerRow | null
}

export interface IssuedRow {
  sha256: Sha256
  authority: AuthorityId
  /** As `CertificateView` spells it. */
  serial: string
  commonName: string
  subject: string
  keyCode: KeyCode
  notBefore: Instant
  notAfter: Instant
  /** Where it was issued elsewhere: when it was added to the list. */
  issuedAt: Instant
  issuedElsewhere: boolean
  /** For somebody else, who got it in a file. */
  keyMadeByIssuer: boolean
  revokedAt: Instant | null
  reason: RevocationReason | null
}

export interface RevocationRow {
  serial: string
  at: Instant
  reason: RevocationReason
}

/** One serial number of an issuer. Without a certificate, only the number is known. */
export interface SerialRecord {
  issued: IssuedRow | null
  revocation: RevocationRow | null
}

/** `other-certificate`: the issuer has given this serial number to another one, too. */
export type AdoptedCertificate = { kind: 'revoked'; isNew: boolean } | { kind: 'other-certificate'; issued: IssuedRow }

export interface KnownRevocation extends RevocationRow {
  /** Whose key signed the certificate: one of those of the name. */
  authority: AuthorityId
  /** Of the certificate; null where only its serial number is known. */
  notAfter: Instant | null
  /** The earliest list of the key in question that showed it after its certificate's end, as far as that list counts. */
  listedAfterEnd: Instant | null
}

/** The moment for which "expired" and "expiring" are meant. */
export interface Horizon {
  now: Instant
  /** What ends before it is expiring. */
  soon: Instant
}

/** What an issuer that was made elsewhere has revoked: its last CRL and what that lists, each serial number once. */
export interface BroughtRevocations {
  revoked: RevocationRow[]
  crl: (CrlRow & { der: Uint8Array }) | null
}

/** What is recorded together with a new issuer. */
export interface BesideAuthority {
  /** Those already here whose issuer it is. */
  children: AuthorityId[]
  /** The one it takes over from. */
  predecessor: AuthorityId | null
  brought: BroughtRevocations
  /** Its own certificate, in the list of the issuer above it. */
  issued: (IssuedRow & { der: Uint8Array }) | null
  /** Null within an operation, which ends with a line of its own. */
  line: NewActivity | null
}

/** A list that was signed here. */
export interface WrittenCrl extends CrlRow {
  number: bigint
  nextUpdate: Instant
  /** How many revocations were known when it was written, be they among its entries or not. */
  revocations: number
  /** Those of its entries whose certificates had ended before. */
  listedAfterEnd: Pick<KnownRevocation, 'authority' | 'serial'>[]
  /** Lists of this key that are dated after it do not count any more. */
  discardAfter: Instant | null
  der: Uint8Array
}

/** The administrator's tables; each method is one transaction. */
export interface AuthorityTables {
  authorities: {
    /** Whether there is one at all: `list` counts everything that each has issued. */
    exist(): Promise<boolean>
    insert(row: AuthorityRow, beside: BesideAuthority): Promise<void>
    get(id: AuthorityId): Promise<AuthorityListRow | null>
    /** Oldest first. */
    list(): Promise<AuthorityListRow[]>
    /**
     * What comes later to an imported certificate: its key, its last CRL. False, and no line is written, where all of it was
     * here.
     */
    complete(
      id: AuthorityId,
      later: { withKey: boolean; brought: BroughtRevocations; line: NewActivity | null },
    ): Promise<boolean>
    /** False, and no line is written, where it is so already. Null brings it back. */
    setArchived(id: AuthorityId, at: Instant | null, line: NewActivity): Promise<boolean>
    /** With everything that they issued and revoked. */
    delete(all: AuthorityId[], orphans: OrphanedAuthority[]): Promise<void>
    /** A restored issuer's last list: the one in `brought`, or none that anybody can give. */
    settleLastCrl(id: AuthorityId, brought: BroughtRevocations, line: NewActivity): Promise<void>
    /** In the place of the one it may have. */
    setSigner(id: AuthorityId, signer: SignerRow): Promise<void>
  }
  issued: {
    /** All of them or none, with their lines in the activity. */
    add(rows: (IssuedRow & { der: Uint8Array })[], ...lines: NewActivity[]): Promise<void>
    get(sha256: Sha256): Promise<(IssuedRow & { der: Uint8Array }) | null>
    /** In the order of the question; those that are not in the list are left out. */
    getMany(certificates: Sha256[]): Promise<(IssuedRow & { der: Uint8Array })[]>
    list(page: IssuedPage, horizon: Horizon): Promise<PageOf<IssuedRow>>
    /** Of the certificates with this Common Name and another key that are not revoked and not over, the one that lasts longest. */
    namesake(commonName: string, keyCode: KeyCode, now: Instant): Promise<IssuedRow | null>
    /** Of what this issuer has issued for a key since then, and not revoked, the one that lasts longest. */
    ofKey(authority: AuthorityId, keyCode: KeyCode, since: Instant): Promise<(IssuedRow & { der: Uint8Array }) | null>
    /** Also a revocation of its issuer; false, and nothing is written, when it is revoked already. */
    revoke(sha256: Sha256, at: Instant, reason: RevocationReason, line: NewActivity): Promise<boolean>
    /** All at once, each with its line. How many of them were not revoked yet. */
    revokeMany(
      certificates: { sha256: Sha256; line: NewActivity }[],
      at: Instant,
      reason: RevocationReason,
    ): Promise<number>
    /**
     * Adds a certificate that was issued elsewhere and revokes it; `isNew` is false when its serial number was revoked. Of the
     * two lines the one goes into the activity that tells what happened.
     */
    adopt(
      row: IssuedRow & { der: Uint8Array },
      revocation: Omit<RevocationRow, 'serial'>,
      lines: { revoked: NewActivity; added: NewActivity },
    ): Promise<AdoptedCertificate>
    ofSerial(authority: AuthorityId, serial: string): Promise<SerialRecord>
    /** With its certificate, where that is in the list; false, and nothing is written, when it is revoked already. */
    revokeSerial(authority: AuthorityId, revocation: RevocationRow, line: NewActivity): Promise<boolean>
  }
  /** By name. */
  issueTemplates: {
    list(): Promise<IssueTemplate[]>
    /** In the place of the one with this id. False, and nothing is written, where another one has the name. */
    save(template: IssueTemplate): Promise<boolean>
    delete(id: TemplateId): Promise<void>
  }
  crls: {
    /** Every one of this issuer, by age: of every key that its name has had. `listedAfterEnd` is meant for its own key. */
    revocations(authority: AuthorityId): Promise<KnownRevocation[]>
    line(authority: AuthorityId): Promise<CrlLine>
    /** False when another list was kept meanwhile, so that number or date would go back; nothing is kept then. */
    put(authority: AuthorityId, row: WrittenCrl, line: NewActivity): Promise<boolean>
    der(authority: AuthorityId): Promise<Uint8Array | null>
  }
}
