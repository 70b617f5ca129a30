import { z } from 'zod'

/** One line of text: no control characters, which would act on a terminal. */
const line = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .regex(/^\P{C}*$/u)

/** What a person calls a certificate or a site. */
export const GivenName = line(120)

export const Tag = line(40).min(1)
export type Tag = z.infer<typeof Tag>

export const Tags = z
  .array(Tag)
  .max(20)
  .transform((tags) => [...new Set(tags)])

/** Several lines, for the person's own eyes. */
export const Note = z.string().trim().max(2000)
