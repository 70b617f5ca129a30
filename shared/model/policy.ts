import { z } from 'zod'
import { parseAddress } from '../logic/address'
import { plainFingerprint } from '../logic/formatting'
import { Sha256, StoreId } from './ids'

/** Parts of the app that an organisation can hide. */
export const HideablePart = z.enum(['issuers', 'access', 'practice'])
export type HideablePart = z.infer<typeof HideablePart>

/** What an organisation can forbid. */
export const ForbiddenAction = z.enum(['key-export', 'backup'])
export type ForbiddenAction = z.infer<typeof ForbiddenAction>

/** SHA-256 as programs print it. */
const Fingerprint = z.string().transform(plainFingerprint).pipe(Sha256)

const SiteAddress = z
  .string()
  .max(2_000)
  .refine((text) => parseAddress(text).ok, 'This is not an address.')

/** The stores of all systems (electron/stores/): a name that none of them has would leave no place for a certificate. */
const PolicyStore = StoreId.refine(
  (id) => /^(?:nss-user|nss-chromium-snap|firefox:.+|macos-login|windows-user)$/u.test(id),
  'This is no store.',
)

/**
 * What the administrator of a computer sets, as it is written (electron/platform/policy/README.md). Every field but
 * `version` may be left out, and an unknown one makes the whole policy invalid: whoever wrote it meant something by it. There is
 * no field that makes a test, a trust decision or the reading of a file less strict.
 */
export const Policy = z.strictObject({
  version: z.literal(1),
  hide: z.array(HideablePart).max(3).default([]),
  forbid: z.array(ForbiddenAction).max(2).default([]),
  /** Addresses that are in everybody's list of sites. */
  sites: z.array(SiteAddress).max(500).default([]),
  /** PEM certificates of CAs, with which Latchkey completes chains. They are not trusted by this. */
  issuers: z.array(z.string().max(100_000)).max(50).default([]),
  /** The only store into which certificates are installed. */
  store: PolicyStore.nullable().default(null),
  updates: z.enum(['allowed', 'off']).default('allowed'),
  /** Whose set-up files need not be compared: the fingerprint of their key. */
  setupKey: Fingerprint.nullable().default(null),
})
export type Policy = z.infer<typeof Policy>

/** For Settings and the command line. */
export const PolicyState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('set'),
    /** Where it was read: a path, or a key of the registry. */
    from: z.string(),
    policy: Policy.omit({ issuers: true }).extend({ issuers: z.array(z.string()) }),
  }),
  z.strictObject({ kind: z.literal('unusable'), from: z.string(), why: z.string() }),
])
export type PolicyState = z.infer<typeof PolicyState>
