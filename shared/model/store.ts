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
})
export type CertificateInStore = z.infer<typeof CertificateInStore>

/** What was taken out of a store, and read back to be gone. */
export const Removal = z.strictObject({
  store: StoreId,
  storeName: z.string(),
  certificates: z.array(CertificateInStore),
  /** 'absent': it was not there. 'unknown': that store finds a key by its certificate only, and there was none. */
  privateKey: z.enum(['removed', 'absent', 'unknown']),
})
export type Removal = z.infer<typeof Removal>

/** An identity in a store, as last read back. */
export const Install = z.strictObject({
  id: InstallId,
  identity: IdentityId,
  store: StoreId,
  storeName: z.string(),
  sha256: Sha256,
  installedAt: Instant,
  checkedAt: Instant,
  /** False when a later read-back no longer found it: somebody removed it behind our back. */
  present: z.boolean(),
  keyPresent: z.boolean(),
  chainPresent: z.boolean(),
  trust: TrustState,
})
export type Install = z.infer<typeof Install>
