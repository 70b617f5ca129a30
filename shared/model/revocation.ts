import { z } from 'zod'
import { mostFiles } from '../logic/file-limits'
import { IssuedCertificate, RevocationReason } from './authority'
import { FileSource } from './file'
import { AuthorityId, Instant, Sha256 } from './ids'

/** No client certificate is larger. */
const longestPem = 200_000

/** As typed: hex, or `decimal:…`. */
const TypedSerial = z.string().min(1).max(200)

/** What the window asks about: the files of one certificate, or a serial number. */
export const RevocableChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('files'), sources: z.array(FileSource).min(1).max(mostFiles) }),
  z.strictObject({ kind: z.literal('serial'), serial: TypedSerial }),
])
export type RevocableChoice = z.infer<typeof RevocableChoice>

/** What to revoke, even if it was never seen here: a certificate, or its serial number alone. */
export const RevocationTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate'), pem: z.string().min(1).max(longestPem) }),
  z.strictObject({ kind: z.literal('serial'), authority: AuthorityId, serial: TypedSerial }),
])
export type RevocationTarget = z.infer<typeof RevocationTarget>

const entry = {
  /** Whose CRL will list it. */
  authority: AuthorityId,
  issuer: z.string(),
  serial: z.string(),
}

/** What was recognised, to be looked at before anything is revoked. */
export const Revocable = z.strictObject({
  ...entry,
  target: RevocationTarget,
  /** Null where only the serial number is known. */
  certificate: z
    .strictObject({
      sha256: Sha256,
      commonName: z.string(),
      subject: z.string(),
      notBefore: Instant,
      notAfter: Instant,
    })
    .nullable(),
  /** The certificate stands in the list of issued certificates. */
  isListed: z.boolean(),
  /** It is revoked already. */
  revokedAt: Instant.nullable(),
})
export type Revocable = z.infer<typeof Revocable>

export const Revocation = z.strictObject({
  ...entry,
  /** As it stands in the list of issued certificates now; null where only the serial number is known. */
  certificate: IssuedCertificate.nullable(),
  revokedAt: Instant,
  reason: RevocationReason,
  /** False where it had been revoked before: that date and that reason stay. */
  isNew: z.boolean(),
})
export type Revocation = z.infer<typeof Revocation>
