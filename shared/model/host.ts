import { z } from 'zod'
import { HostId, IdentityId, Instant, Sha256 } from './ids'
import { GivenName, KeptLine, Note, Tags } from './label'
import { Verdict } from './probe'

const Port = z.number().int().min(1).max(65_535)

/** As curl's `--connect-to`: another address for the same name; the name still goes into SNI and Host. */
export const ConnectTo = z.strictObject({ address: KeptLine, port: Port })
export type ConnectTo = z.infer<typeof ConnectTo>

/** One line of text: no control characters, which would act on a terminal. */
const GroupName = z
  .string()
  .max(60)
  .regex(/^\P{C}*$/u)

/**
 * As it is kept: earlier versions took addresses that `logic/address.ts` refuses now, and a list that cannot be read would
 * be the only thing left of them. What may be typed is decided there and in `HostDraft`.
 */
export const Host = z.strictObject({
  id: HostId,
  hostname: KeptLine,
  port: Port,
  /** Starts with a slash; may carry a query. */
  path: z.string().startsWith('/'),
  connectTo: ConnectTo.nullable(),
  /** SHA-256 of the SubjectPublicKeyInfo the user agreed to, for a server whose certificate is not publicly trusted. */
  pinnedKey: Sha256.nullable(),
  /** Whether a proxy that the environment or the system names is used for it. */
  useProxy: z.boolean().default(true),
  /** A name that it shares with other sites; null: in no group. */
  group: KeptLine.nullable().default(null),
  /** What the person calls it; null: by its address. */
  name: KeptLine.nullable().default(null),
  tags: z.array(KeptLine).default([]),
  note: z.string().default(''),
  /** The practice site of this app. */
  practice: z.boolean(),
  /** The certificate last used here. */
  identity: IdentityId.nullable(),
  /** Requested in the place of one that is refused here: the site is tested with it once it has been issued. */
  replacement: IdentityId.nullable().default(null),
  createdAt: Instant,
  lastTestAt: Instant.nullable(),
  lastTestGood: z.boolean().nullable(),
  /** Null also where an earlier version made the last test. */
  lastVerdict: Verdict.pick({ kind: true, tone: true }).nullable().default(null),
  lastSentence: z.string().nullable(),
})
export type Host = z.infer<typeof Host>

/** What a person types. `logic/address.ts` forgives spaces, a missing scheme, capital letters and says what it cannot read. */
export const HostDraft = z.strictObject({
  id: HostId.nullable(),
  address: z.string().max(4096),
  connectTo: z.string().max(300).default(''),
  useProxy: z.boolean().default(true),
  /** Empty: in no group. */
  group: GroupName.default(''),
  /** Empty: by its address. */
  name: GivenName.default(''),
  tags: Tags.default([]),
  note: Note.default(''),
})
export type HostDraft = z.infer<typeof HostDraft>
