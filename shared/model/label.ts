import { z } from 'zod'
import { labelLimits } from '../logic/label-limits'

/** One line of text: no control characters, which would act on a terminal. */
const line = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .regex(/^\P{C}*$/u)

/** What a person calls a certificate or a site. */
export const GivenName = line(labelLimits.name)

export const Tag = line(labelLimits.tag).min(1)
export type Tag = z.infer<typeof Tag>

/**
 * One line as it is kept. What an earlier version accepted opens, and so does what an engine with a newer Unicode accepted (an
 * emoji that is unassigned for Node 20, say). No version took control characters.
 */
export const KeptLine = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u)

export const Tags = z
  .array(Tag)
  .max(labelLimits.tags)
  .transform((tags) => [...new Set(tags)])

/** Several lines, for the person's own eyes. */
export const Note = z.string().trim().max(labelLimits.note)
