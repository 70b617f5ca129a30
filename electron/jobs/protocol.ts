import { z } from 'zod'

/** From the asker to the job process. The input is checked by the types of both ends: they are one program. */
export const Order = z.object({ id: z.number().int(), name: z.string(), input: z.unknown() })
export type Order = z.infer<typeof Order>

/** From the job process back. A null code is a bug and stays loud. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id: z.number().int(), fraction: z.number().nullable(), phase: z.string() }),
  z.object({ kind: z.literal('done'), id: z.number().int(), value: z.unknown() }),
  z.object({
    kind: z.literal('failed'),
    id: z.number().int(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  }),
])
export type Notice = z.infer<typeof Notice>
