import { z } from 'zod'

export const AppInfo = z.strictObject({
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** The old runtime that set-up falls back to where releases cannot be downloaded. */
  trialRuntime: z.boolean(),
  /** A package has the licences of everything in it as a file; sources do not. */
  hasLicences: z.boolean(),
  /** Why this computer cannot test “As the browser”; null when it can. */
  browserModeProblem: z.string().nullable(),
  /** The account's full name, the suggestion for Common Name. */
  fullName: z.string(),
})
export type AppInfo = z.infer<typeof AppInfo>

/** Pages the app may open in the person's browser. */
export const HelpLink = z.enum(['access-mtls', 'cloudflare-tokens'])
export type HelpLink = z.infer<typeof HelpLink>
