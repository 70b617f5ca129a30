import { z } from 'zod'
import { AppError } from '#shared/errors'
import { JsonObject } from '#shared/model/access-rule'

/**
 * Fields of an object of the API that we read, and the object itself as `fetched`: whoever writes it back has to send what
 * we do not know, too.
 */
export const kept = <Shape extends z.ZodRawShape>(shape: Shape) => {
  // Once for all objects: zod compiles a schema when it is first used.
  const fields = z.object(shape)
  return JsonObject.transform((fetched, context) => {
    const parsed = fields.safeParse(fetched)
    if (parsed.success) return { ...parsed.data, fetched }
    for (const { message, path } of parsed.error.issues)
      context.addIssue({ code: 'custom', message, path, input: fetched })
    return z.NEVER
  })
}

/** Go writes an empty slice as `null`, and leaves it out where a field is marked so. */
export const list = <Element extends z.ZodType>(element: Element) =>
  z
    .array(element)
    .nullish()
    .transform((elements) => elements ?? [])

/** Errors: `cloudflare-answer-wrong` with the place and what was expected there, but never what was there. */
export function parseAnswer<Output>(what: string, schema: z.ZodType<Output>, answer: unknown): Output {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  const [{ path, message } = { path: [], message: '' }] = parsed.error.issues
  throw new AppError('cloudflare-answer-wrong', `${[what, ...path.map(String)].join('.')}: ${message}`)
}
