import { z } from 'zod'

/** `code` is missing in some errors of the alerting API. */
const ApiMessage = z.object({ code: z.number().optional(), message: z.string() })

const PageInfo = z.object({
  count: z.number().optional(),
  page: z.number().optional(),
  per_page: z.number().optional(),
  total_count: z.number().optional(),
  total_pages: z.number().optional(),
})

/** What every answer of the API is wrapped in when it did what was asked. */
export const Success = z.object({
  success: z.literal(true),
  result: z.unknown(),
  result_info: PageInfo.nullish(),
})
export type Success = z.infer<typeof Success>

/** The same for a write. Some answers have no result at all, as that of a notification's test (OpenAPI document). */
export const Accepted = Success.extend({ result: z.unknown().optional() }).transform(
  ({ result = null, ...others }): Success => ({ ...others, result }),
)

/** And when it did not. Some failures repeat the reason in `error_chain` (6003 with 6103). */
export const Refusal = z.object({
  errors: z.array(ApiMessage.extend({ error_chain: z.array(ApiMessage).optional() })),
})
export type Refusal = z.infer<typeof Refusal>
