import { z } from 'zod'

const account = z.string()

/** One question to the process that talks to the keyring. */
export const Question = z.discriminatedUnion('verb', [
  z.strictObject({ id: z.number().int(), verb: z.literal('get'), account }),
  z.strictObject({ id: z.number().int(), verb: z.literal('set'), account, value: z.string() }),
  z.strictObject({ id: z.number().int(), verb: z.literal('delete'), account }),
])
export type Question = z.infer<typeof Question>

const answered = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('answer'), value }),
    z.strictObject({ kind: z.enum(['locked', 'unavailable']), reason: z.string() }),
  ])

export const Answers = {
  get: answered(z.string().nullable()),
  set: answered(z.literal(true)),
  delete: answered(z.boolean()),
}

export const Reply = z.strictObject({ id: z.number().int(), answer: z.unknown() })
