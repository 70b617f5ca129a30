import { z } from 'zod'
import { CertificateView } from './certificate'
import { StoreId } from './ids'

/** A store of this computer that has the certificate. */
const StoredPlace = z.strictObject({
  store: StoreId,
  name: z.string(),
  /** The browsers that read it, in words. */
  readBy: z.array(z.string()),
  /** False where the store does not show the private key. */
  keyPresent: z.boolean(),
})

/** A client certificate that others have put into a store of this computer. Latchkey only reads it. */
export const StoredCertificate = z.strictObject({
  certificate: CertificateView,
  /** Its issuers, as the store has them, nearest first. */
  chain: z.array(CertificateView),
  places: z.array(StoredPlace).min(1),
  /** Whether it can be tested as the browser: the engine reads one of these stores, with the key. */
  testable: z.boolean(),
})
export type StoredCertificate = z.infer<typeof StoredCertificate>

export const StoredCertificates = z.strictObject({
  /** What ends first comes first. */
  certificates: z.array(StoredCertificate),
  /** Stores that could not be read, by name. */
  unreadStores: z.array(z.string()),
})
export type StoredCertificates = z.infer<typeof StoredCertificates>
