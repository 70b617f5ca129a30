import { z } from 'zod'
import { accessLimits } from '../logic/access/limits'
import { AccessCaId } from './access-account'
import { AccessRunId, AuthorityId, IdentityId } from './ids'

/** No longer list of names is taken. */
const MAX_NAMES_TEXT = 200_000

/** “Protect a site” as far as it was filled in. It is kept, so there is no secret in it, and no file. */
export const ProtectionDraft = z.strictObject({
  /** As typed: a hostname, with a path if only a part is meant. */
  address: z.string().max(1200),
  /** Of the application. */
  name: z.string().max(accessLimits.name),
  ca: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('issuer'), issuer: AuthorityId }),
      z.strictObject({ kind: z.literal('uploaded'), ca: AccessCaId }),
      z.strictObject({ kind: z.literal('file'), name: z.string().max(accessLimits.name) }),
    ])
    .nullable(),
  who: z.strictObject({ kind: z.enum(['any-certificate', 'names']), names: z.string().max(MAX_NAMES_TEXT) }),
})
export type ProtectionDraft = z.infer<typeof ProtectionDraft>

/** What was planned, for the steps that follow the plan. */
export const PlannedProtection = z.strictObject({
  /** Of its plan and its run. */
  title: z.string().min(1).max(2500),
  hostname: z.string().min(1).max(253),
  /** Empty for the whole hostname. */
  path: z.string().max(accessLimits.path),
  /** The issuer of this computer whose CA it is; null where the CA came from elsewhere. */
  issuer: AuthorityId.nullable(),
  /** Whose certificate the policy lets in; null where any valid one is. */
  name: z.string().max(accessLimits.name).nullable(),
})
export type PlannedProtection = z.infer<typeof PlannedProtection>

/** What is kept of it between two starts. Everything else is found out: in the journal of its run, and in the records. */
export const KeptProtection = z.strictObject({
  version: z.literal(1),
  draft: ProtectionDraft,
  planned: PlannedProtection.nullable(),
  /** The run that applies the plan. Its journal may not be there: then nothing was begun. */
  run: AccessRunId.nullable(),
  /** Of the first certificate, and its key here. */
  commonName: z.string().max(accessLimits.name).nullable(),
  identity: IdentityId.nullable(),
})
export type KeptProtection = z.infer<typeof KeptProtection>
