import { z } from 'zod'
import { MAX_KEPT_LINK } from './handed-over'

/** What a second start tells the first one; a start of another version may tell anything. */
export const SecondStart = z.object({
  files: z.array(z.string()),
  /** Earlier versions know of none. */
  link: z.string().max(MAX_KEPT_LINK).nullable().default(null),
  /** Whether a person started it; the session itself asks for no window. */
  asksForWindow: z.boolean().default(true),
  /** Of the second start; earlier versions do not say. */
  version: z.string().max(50).nullable().default(null),
})
export type SecondStart = z.infer<typeof SecondStart>
