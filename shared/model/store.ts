import { z } from 'zod'
import { errorCodes } from '../errors'
import { IdentityId, InstallId, Instant, Sha256, StoreId } from './ids'

export const StoreKind = z.enum(['nss', 'macos', 'windows'])
export type StoreKind = z.infer<typeof StoreKind>

/** A store of this computer as it is now. `problem` says what stands between the user and an install. */
export const StoreState = z.strictObject({
  id: StoreId,
  kind: StoreKind,
  /** As the user knows it: "login Keychain", "Windows certificate store", "Chrome and Chromium". */
  name: z.string(),
  /** The browsers that read it, in words. */
  readBy: z.array(z.string()),
  /** False where the store will be made by the first install. */
  present: z.boolean(),
  writable: z.boolean(),
  problem: z.strictObject({ code: z.enum(errorCodes), remedy: z.string() }).nullable(),
})
export type StoreState = z.infer<typeof StoreState>

/** What the user asks for. `authority` is always a separate choice with its consequence spelled out. */
export const Trust = z.enum(['none', 'certificate', 'authority'])
export type Trust = z.infer<typeof Trust>

/** What is so, after reading back. */
export const TrustState = z.strictObject({
  state: z.enum(['trusted', 'not-needed', 'withheld', 'not-set']),
  /** One sentence: why it is withheld or not needed. Null when trusted as asked. */
  reason: z.string().nullable(),
})
export type TrustState = z.infer<typeof TrustState>

/** A certificate as it lay in a store. */
export const CertificateInStore = z.strictObject({
  sha256: Sha256,
  /** Its common name. */
  name: z.string(),
  notAfter: Instant.nullable(),
  /** False where nothing is known of Latchkey having put it there: another program did, or 0.1.0 before a renewal. */
  recorded: z.boolean(),
})
export type CertificateInStore = z.infer<typeof CertificateInStore>

/** What was taken out of a store, and read back to be gone. */
export const Removal = z.strictObject({
  store: StoreId,
  storeName: z.string(),
  certificates: z.array(CertificateInStore),
  /** 'absent': it was not there. 'unknown': nothing says whether it was, and so whether it is gone. */
  privateKey: z.enum(['removed', 'absent', 'unknown']),
  /** False where the store is not on this computer (any more): then only the record of it was cleared. */
  reached: z.boolean(),
})
export type Removal = z.infer<typeof Removal>

/** An identity in a store, as last read back. */
export const Install = z.strictObject({
  id: InstallId,
  identity: IdentityId,
  store: StoreId,
  storeName: z.string(),
  /** The one that the browser offers first, of those of its key that are there; the last one seen where none is. */
  sha256: Sha256,
  /** When Latchkey installed it, or first saw it where somebody else did. */
  installedAt: Instant,
  checkedAt: Instant,
  /** False when a later read-back found no certificate of its key: somebody removed it behind our back. */
  present: z.boolean(),
  keyPresent: z.boolean(),
  /** Every certificate of its key that was there, the one that the browser offers first in front. 0.1.0 did not look. */
  certificates: z.array(CertificateInStore).default([]),
  /** The issuers that a browser has to send are there, up to the root or to the one below it. */
  chainPresent: z.boolean(),
  trust: TrustState,
})
export type Install = z.infer<typeof Install>
