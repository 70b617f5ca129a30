import { z } from 'zod'
import { Instant } from './ids'

/** Latchkey's own folder, as far as the system tells: on Windows nothing is asked and nothing is claimed. */
export const HomeState = z.strictObject({
  /** Whether other accounts can write to the folder. `shared`: it is everybody's, such as /tmp, and must stay open. */
  openness: z.enum(['closed', 'open', 'shared']),
  /** False where the file system has no permissions, so that nothing in it can be closed to others. */
  keepsModes: z.boolean(),
})
export type HomeState = z.infer<typeof HomeState>

/** A copy of the database that an update left: from before it became `version`. */
export const DatabaseCopy = z.strictObject({ version: z.number().int().min(1), at: Instant })
export type DatabaseCopy = z.infer<typeof DatabaseCopy>

/** What a start that failed has to work with. `folder` is as a person writes it, such as ~/.config/latchkey. */
export const Recovery = z.strictObject({ folder: z.string(), copies: z.array(DatabaseCopy) })
export type Recovery = z.infer<typeof Recovery>
