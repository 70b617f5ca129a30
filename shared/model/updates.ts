import { z } from 'zod'
import { errorCodes } from '../errors'
import { Instant } from './ids'

/**
 * What replaces this copy of Latchkey with a newer one: itself, from the feed of its build (`feed`), or somebody else. `none`: the
 * build has no feed. `policy`: the organisation has switched it off. `read-only`: the account may not replace the AppImage.
 */
export const UpdateChannel = z.enum(['feed', 'none', 'policy', 'deb', 'rpm', 'msi', 'sources', 'folder', 'read-only'])
export type UpdateChannel = z.infer<typeof UpdateChannel>

/** A release as the signed manifest describes it. Its notes are plain text, never markup. */
const OfferedRelease = z.strictObject({ version: z.string(), released: Instant, notes: z.string() })

export const Updates = z.strictObject({
  channel: UpdateChannel,
  /** Whether it looks for updates by itself. */
  isAutomatic: z.boolean(),
  /** When a manifest was last accepted. */
  checkedAt: Instant.nullable(),
  /** `nothing-newer`: the last check of this run found none. Of an earlier run only its time is known. */
  step: z.enum(['idle', 'checking', 'nothing-newer', 'downloading', 'ready']),
  /** Newer than this one; null where none is known. */
  offered: OfferedRelease.nullable(),
  /** The release that an earlier start had ready, and that was not installed when it quit. */
  notInstalled: z.string().nullable(),
  /** Why the last check or download changed nothing. */
  problem: z.strictObject({ code: z.enum(errorCodes), detail: z.string().nullable() }).nullable(),
})
export type Updates = z.infer<typeof Updates>
