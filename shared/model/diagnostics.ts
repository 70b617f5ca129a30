import { z } from 'zod'
import { errorCodes } from '../errors'
import { StoreKind } from './store'
import { VaultState } from './vault'

export const Runtime = z.strictObject({
  /** Null in a terminal. */
  electron: z.string().nullable(),
  chromium: z.string().nullable(),
  node: z.string(),
  /** The old one that set-up falls back to. */
  isTrial: z.boolean(),
})
export type Runtime = z.infer<typeof Runtime>

const failed = z.strictObject({ failed: z.enum(errorCodes) })

/** What helps to find out remotely what is wrong: no names, no paths, no addresses, nothing that was typed. */
export const Diagnostics = z.strictObject({
  version: z.string(),
  runtime: Runtime,
  system: z.strictObject({ platform: z.string(), release: z.string(), architecture: z.string() }),
  vault: z.union([VaultState.omit({ keyringProblem: true }), failed]),
  stores: z.array(
    z.strictObject({
      kind: StoreKind,
      readBy: z.array(z.string()),
      present: z.boolean(),
      problem: z.enum(errorCodes).nullable(),
    }),
  ),
  /** Of this computer's administrator. */
  policy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['none', 'set']) }),
    z.strictObject({ kind: z.literal('unusable'), why: z.string() }),
  ]),
  records: z.union([z.strictObject({ certificates: z.int(), sites: z.int(), issuers: z.int() }), failed]),
})
export type Diagnostics = z.infer<typeof Diagnostics>
