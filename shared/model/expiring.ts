import { z } from 'zod'
import { AccessCaId } from './access-account'
import { AuthorityId, IdentityId, Instant, Sha256 } from './ids'

/** Sites whose last test with a certificate was good. */
export const SitesUsed = z.strictObject({
  count: z.number().int(),
  /** The hostname of one of them; null where there is none. */
  example: z.string().nullable(),
  /** Of these, the sites that were seen to refuse whoever shows no certificate. */
  gated: z.number().int(),
})
export type SitesUsed = z.infer<typeof SitesUsed>

const end = {
  /** Names this very certificate or list: its successor has another one, even under the same name. */
  key: z.string(),
  name: z.string(),
  begins: Instant,
  ends: Instant,
}

/** A CA that was uploaded to Access, as far as an account was last read. It ends at Access on its own: a renewed issuer is another CA. */
const UploadedCa = z.strictObject({
  kind: z.literal('uploaded-ca'),
  ...end,
  /** Access does not say. */
  begins: z.null(),
  ca: AccessCaId,
  /** The name of the account. */
  account: z.string(),
  hostnames: z.array(z.string()),
  readAt: Instant,
})

/** Something that ends soon, or ended a short while ago, and that nothing has replaced yet. */
export const Expiring = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate'), identity: IdentityId, ...end, sites: SitesUsed }),
  /** Of somebody else's in stores of this computer. */
  z.strictObject({ kind: z.literal('stored'), sha256: Sha256, ...end, stores: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.enum(['intermediate', 'root']), issuer: AuthorityId, ...end }),
  /** The last revocation list of an issuer, by the date of the next one. */
  z.strictObject({ kind: z.literal('crl'), issuer: AuthorityId, ...end }),
  UploadedCa,
])
export type Expiring = z.infer<typeof Expiring>

/** What ends soon on one screen: how many, and what a line needs to say of them. */
export const ExpiringGroup = z.strictObject({
  count: z.number().int().min(1),
  /** How many of them have ended already. */
  ended: z.number().int(),
  /** The one that ends first. */
  first: Expiring,
  /** The end of the one that ends last. */
  lastEnd: Instant,
})
export type ExpiringGroup = z.infer<typeof ExpiringGroup>

/** By the screen on which it is dealt with; null where nothing is due. */
export const ExpiringPlaces = z.strictObject({
  certificates: ExpiringGroup.nullable(),
  issuers: ExpiringGroup.nullable(),
})
export type ExpiringPlaces = z.infer<typeof ExpiringPlaces>

/** When a warning is given: this many days ahead, on the day itself (0), or once it has ended (-1). */
export const WarningStage = z.union([
  z.literal(30),
  z.literal(14),
  z.literal(7),
  z.literal(1),
  z.literal(0),
  z.literal(-1),
])
export type WarningStage = z.infer<typeof WarningStage>

/** A warning that was given, by whichever process. */
export const GivenWarning = z.strictObject({ key: z.string(), stage: WarningStage, at: Instant })
export type GivenWarning = z.infer<typeof GivenWarning>
