import { z } from 'zod'

/** What travels between the main thread and the database worker. */
export const Request = z.object({
  id: z.number().int(),
  table: z.string(),
  method: z.string(),
  args: z.array(z.unknown()),
})
export type Request = z.infer<typeof Request>

export const Response = z.discriminatedUnion('ok', [
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    id: z.number().int(),
    ok: z.literal(false),
    /** A null code is a bug of ours: it stays loud on the other side. */
    error: z.object({ code: z.string().nullable(), detail: z.string().nullable() }),
  }),
])
export type Response = z.infer<typeof Response>
