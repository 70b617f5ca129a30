import { z } from 'zod'
import { SavedReport } from '#shared/logic/report/saved'
import { MAX_SETUP_ISSUERS } from '#shared/logic/setup-file'
import { ActivityKind, ActivityThing } from '#shared/model/activity'
import { RevocationReason } from '#shared/model/authority'
import { Host } from '#shared/model/host'
import { SubjectFields } from '#shared/model/identity'
import { AuthorityId, IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { IssueTemplate } from '#shared/model/issue-template'
import { KeyCode } from '#shared/model/key'
import { KeptLine } from '#shared/model/label'

/** Longer than anything that is written here; a record that says more is not ours. */
const text = z.string().max(20_000)

/**
 * The fields of each section as they stand in a backup. What a certificate, a request or a key says is not written a second
 * time, and is read from it again. A section whose fields change gets a higher number, so that an earlier Latchkey refuses
 * it instead of losing what it does not know.
 */
export const sections = {
  certificates: { version: 1, fields: z.strictObject({}) },
  identities: {
    version: 3,
    fields: z.strictObject({
      id: IdentityId,
      name: text,
      algorithm: text,
      keySha256: Sha256,
      keyCode: KeyCode,
      subject: SubjectFields.nullable(),
      alternativeNames: z.array(text).max(10_000),
      practice: z.boolean(),
      createdAt: Instant,
      certificate: Sha256.nullable(),
      chain: z.array(Sha256).max(100),
      tags: z.array(KeptLine).max(10_000),
      note: text,
      /** Since version 2; before it, the name stands for it. */
      originalName: text.optional(),
      /** Since version 3. */
      namedIssuers: z.array(Sha256).max(MAX_SETUP_ISSUERS).default([]),
    }),
  },
  /** The certificate that is replaced lies beside the fields. */
  renewals: {
    version: 1,
    fields: z.strictObject({
      identity: IdentityId,
      replaces: IdentityId,
      requestedAt: Instant,
      arrivedAt: Instant.nullable(),
      finishedAt: Instant.nullable(),
    }),
  },
  sites: { version: 1, fields: Host.extend({ pinnedKey: z.null(), practice: z.literal(false) }) },
  reports: { version: 1, fields: SavedReport },
  activity: {
    version: 1,
    fields: z.strictObject({
      at: Instant,
      kind: ActivityKind,
      about: text,
      sentence: text,
      thing: ActivityThing.optional(),
    }),
  },
  issuers: {
    version: 2,
    fields: z.strictObject({
      id: AuthorityId,
      parent: AuthorityId.nullable(),
      issuers: z.array(z.string().max(100_000)).max(100),
      imported: z.boolean(),
      createdAt: Instant,
      successor: AuthorityId.nullable(),
      /** Since version 2. */
      archivedAt: Instant.nullable().default(null),
    }),
  },
  templates: { version: 1, fields: IssueTemplate },
  issued: {
    version: 1,
    fields: z.strictObject({
      authority: AuthorityId,
      issuedAt: Instant,
      issuedElsewhere: z.boolean(),
      keyMadeByIssuer: z.boolean(),
    }),
  },
  revocations: {
    version: 1,
    fields: z.strictObject({ authority: AuthorityId, serial: text, at: Instant, reason: RevocationReason }),
  },
  crls: {
    version: 1,
    fields: z.strictObject({
      authority: AuthorityId,
      /** Decimal: a number of 20 octets is more than JSON's numbers hold. */
      number: z
        .string()
        .regex(/^\d{1,48}$/u)
        .nullable(),
      follows: Instant.nullable(),
      revocations: z.number().int().nonnegative(),
    }),
  },
} as const

/** The key that signs set-up files, in `bytes.key` (PKCS#8). It is in the vault alone, so it is no row. */
export const setupKeySection = 'setup-key'
const SETUP_KEY_VERSION = 1

/** The first record of every backup. `sections`: name → version; one that is not known here makes it too new. */
export const Manifest = z.strictObject({
  madeAt: Instant,
  /** How many records follow, roughly. */
  total: z.number().int().nonnegative(),
  sections: z.record(z.string().max(64), z.number().int().positive()),
})
export type Manifest = z.infer<typeof Manifest>

export const manifestSection = 'backup'

/** What this Latchkey writes and reads. */
export const sectionVersions: Record<string, number> = {
  ...Object.fromEntries(Object.entries(sections).map(([name, { version }]) => [name, version])),
  [setupKeySection]: SETUP_KEY_VERSION,
}
