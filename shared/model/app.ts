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
  /** A package on macOS: there, terminals find the command only once it is linked. */
  hasCommandTool: z.boolean(),
  /** Where Latchkey keeps its files; under the person's own folder it begins with “~”. */
  dataFolder: z.string(),
  /** Why this computer cannot test “As the browser”; null when it can. */
  browserModeProblem: z.string().nullable(),
  /** The account's full name, the suggestion for Common Name. */
  fullName: z.string(),
})
export type AppInfo = z.infer<typeof AppInfo>

/** Whether Latchkey stays in the tray when its window is closed. */
export const TrayState = z.strictObject({
  isOn: z.boolean(),
  /** False where the session shows no icons: then closing the window quits all the same. */
  isShown: z.boolean(),
})
export type TrayState = z.infer<typeof TrayState>

/** Where terminals find the command of a Mac's package. */
export const CommandTool = z.strictObject({
  /** The link; under the person's own folder it begins with “~”. Null where there is none. */
  path: z.string().nullable(),
  /** False where a terminal looks there only if its owner has said so. */
  isOnPath: z.boolean(),
})
export type CommandTool = z.infer<typeof CommandTool>

/** Pages the app may open in the person's browser. */
export const HelpLink = z.enum(['access-mtls', 'cloudflare-tokens'])
export type HelpLink = z.infer<typeof HelpLink>
