import { z } from 'zod'

/** How SQLite's few types become ours. libsql returns blobs as ArrayBuffer from all() and as Buffer elsewhere. */
export const blob = z
  .union([z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)])
  .transform((bytes) => new Uint8Array(bytes))

export const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)

export const json = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context): T => {
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    context.addIssue('A stored JSON column does not fit.')
    return z.NEVER
  })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const Count = z.object({ count: z.number() })

/** For LIKE with ESCAPE '\': what a person types is text, not a pattern. */
export const containing = (text: string) =>
  `%${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/gu, '\\$&')}%`
