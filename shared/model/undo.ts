import { z } from 'zod'

/** What a certificate was trusted for: NSS' three fields of letters; empty where a store has no such flags. */
const Flags = z.string().regex(/^([pPcCTuwg]{0,9},[pPcCTuwg]{0,9},[pPcCTuwg]{0,9})?$/u)

/**
 * How to take one step in a certificate store back: plain data, because it is journalled and may be carried out by
 * another process after a crash. `flags` say what was before; no store trusts anything for servers because of them.
 */
export const Undo = z.strictObject({
  store: z.string(),
  steps: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('remove-identity'), sha256: z.string() }),
      z.strictObject({
        kind: z.literal('remove-certificate'),
        sha256: z.string(),
        label: z.string(),
        /** The identity it was added for (SHA-256): it stays while another one in the store needs it. */
        identity: z.string().optional(),
      }),
      z.strictObject({ kind: z.literal('restore-trust'), sha256: z.string(), label: z.string(), flags: Flags }),
      /** A bystander that a store may lose while its neighbour is taken out; put back where it is missing. */
      z.strictObject({
        kind: z.literal('restore-certificate'),
        sha256: z.string(),
        label: z.string(),
        flags: Flags,
        /** DER. */
        base64: z.base64(),
      }),
    ]),
  ),
})
export type Undo = z.infer<typeof Undo>
export type UndoStep = Undo['steps'][number]
