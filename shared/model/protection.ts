import { z } from 'zod'
import { AccountId } from './access-account'
import { AccessRun } from './access-screen'
import { IdentityId, ReportId } from './ids'
import { PlannedProtection, ProtectionDraft } from './kept-protection'

/** How far somebody has come with protecting a site. */
export const Protection = z.strictObject({
  account: AccountId,
  draft: ProtectionDraft,
  planned: PlannedProtection.nullable(),
  /** Null before it is applied. */
  run: AccessRun.nullable(),
  proof: z.strictObject({
    commonName: z.string().nullable(),
    identity: IdentityId.nullable(),
    isSigned: z.boolean(),
    /** The store that had the certificate with its key when it was last looked into. */
    installedIn: z.string().nullable(),
    /** The latest test of the site with the certificate. */
    report: z.strictObject({ id: ReportId, sentence: z.string(), isProven: z.boolean() }).nullable(),
  }),
})
export type Protection = z.infer<typeof Protection>
