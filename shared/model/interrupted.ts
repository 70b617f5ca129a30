import { z } from 'zod'
import { Instant } from './ids'

/** Of a change that was begun and not finished. `unknown`: the entry cannot be read, or no version is known that writes it. */
export const InterruptedKind = z.enum([
  'request',
  'import',
  'delete',
  'install',
  'remove',
  'remove-earlier',
  'authority',
  'authority-import',
  'authority-delete',
  'signer',
  'restore',
  'unknown',
])
export type InterruptedKind = z.infer<typeof InterruptedKind>

/** Why it was not finished. A change that waits is Latchkey's own and is recovered later; the others never are. */
export const InterruptedReason = z.enum([
  'unsigned',
  'elsewhere',
  'other-vault',
  'no-machine-id',
  'no-permissions',
  'vault-locked',
  'vault-unreadable',
  'retried',
  'newer-version',
])
export type InterruptedReason = z.infer<typeof InterruptedReason>

/** Derived from the content of the entry, so it names exactly the entry that was shown, regardless of the entry's own id. */
export const InterruptedId = z
  .string()
  .regex(/^[0-9a-f]{16}$/u)
  .brand<'InterruptedId'>()
export type InterruptedId = z.infer<typeof InterruptedId>

/** Texts come from records that another program may have written: neutralised and cut before they get here. */
export const Interrupted = z.strictObject({
  id: InterruptedId,
  kind: InterruptedKind,
  /** Name of the certificate or issuer, where there is a record of it. */
  subject: z.string().max(200).nullable(),
  /** The certificate store. */
  place: z.string().max(200).nullable(),
  startedAt: Instant.nullable(),
  reason: InterruptedReason,
})
export type Interrupted = z.infer<typeof Interrupted>

export const MAX_INTERRUPTED = 100

export const InterruptedList = z.strictObject({
  /** Those that are not run first, then those that wait, each oldest first; no more than `MAX_INTERRUPTED`. */
  rows: z.array(Interrupted).max(MAX_INTERRUPTED),
  /** How many there are, shown or not. */
  notRun: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
})
export type InterruptedList = z.infer<typeof InterruptedList>
