import { z } from 'zod'
import { kept, list } from './kept'

/** A notification of an account (`…/alerting/v3/policies`). Kinds that Latchkey does not know are among them. */
export const AlertAnswer = kept({
  id: z.string(),
  name: z.string().nullish(),
  alert_type: z.string().nullish(),
  enabled: z.boolean().nullish(),
  mechanisms: z.object({ email: list(z.object({ id: z.string().nullish() })) }).nullish(),
})
export type AlertAnswer = z.infer<typeof AlertAnswer>
