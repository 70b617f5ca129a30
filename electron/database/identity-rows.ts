import type { SubjectDraft } from '#shared/model/identity'
import type { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import type { KeyCode } from '#shared/model/key'
import type { Tag } from '#shared/model/label'

/** Public certificates, stored once each. `notBefore`, `notAfter` and `issuer` are copies for lists and searches. */
export interface CertificateRow {
  sha256: Sha256
  der: Uint8Array
  issuer: string
  notBefore: Instant
  notAfter: Instant
}

/** A key with, sooner or later, its certificate. The private key itself is in the vault under the same id. */
export interface IdentityRow {
  id: IdentityId
  name: string
  algorithm: string
  keyCode: KeyCode
  /** SHA-256 of the DER SubjectPublicKeyInfo: how an issued certificate finds its key. */
  keySha256: Sha256
  subject: SubjectDraft | null
  alternativeNames: string[]
  requestDer: Uint8Array | null
  keyInVault: boolean
  practice: boolean
  createdAt: Instant
  /** The issued certificate, when there is one. */
  certificate: Sha256 | null
  /** Its issuers, nearest first, as far as known. */
  chain: Sha256[]
  tags: Tag[]
  note: string
  /** Fingerprints of the CAs that a set-up file named, to compare with; empty where none did. */
  namedIssuers: Sha256[]
}

/** A certificate that was requested in the place of another one; of the same identity where the key stays. */
export interface RenewalRow {
  identity: IdentityId
  replaces: IdentityId
  oldSha256: Sha256
  oldNotAfter: Instant
  /** DER. */
  oldCertificate: Uint8Array
  requestedAt: Instant
  arrivedAt: Instant | null
  finishedAt: Instant | null
}
