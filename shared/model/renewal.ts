import { z } from 'zod'
import { HostId, IdentityId, Instant, StoreId } from './ids'

/** What was requested in the place of a certificate. Its own id where the key stays. */
export const Replacement = z.strictObject({
  identity: IdentityId,
  name: z.string(),
  requestedAt: Instant,
  /** Null until it has been issued. */
  notAfter: Instant.nullable(),
})
export type Replacement = z.infer<typeof Replacement>

/** The certificate in whose place this one was requested. */
export const Replaced = z.strictObject({
  identity: IdentityId,
  name: z.string(),
  notAfter: Instant,
  /** The person keeps the old one beside it. */
  isKept: z.boolean(),
})
export type Replaced = z.infer<typeof Replaced>

/** A certificate store that has the old certificate. */
const RenewalPlace = z.strictObject({
  store: StoreId,
  name: z.string(),
  /** The new one was read back there, with its key. */
  hasNew: z.boolean(),
})
export type RenewalPlace = z.infer<typeof RenewalPlace>

/** A site that was tested with the old certificate. */
const RenewalSite = z.strictObject({
  host: HostId,
  address: z.string(),
  /** The last test with the old one was good. */
  worksWithOld: z.boolean(),
  /** The last test with the new one; null: not tested yet. */
  worksWithNew: z.boolean().nullable(),
})
export type RenewalSite = z.infer<typeof RenewalSite>

/** How far the new certificate has taken the place of the old one. Computed from what was read back and tested. */
export const RenewalProgress = z.strictObject({
  places: z.array(RenewalPlace),
  sites: z.array(RenewalSite),
})
export type RenewalProgress = z.infer<typeof RenewalProgress>

export const RenewalKey = z.enum(['new', 'same'])
export type RenewalKey = z.infer<typeof RenewalKey>
