import { z } from 'zod'
import { JobId } from '../model/ids'

/** Names what may have changed; the screens ask again. */
export const Topic = z.enum([
  'identities',
  'installs',
  'hosts',
  'reports',
  'vault',
  'lab',
  'activity',
  'authorities',
  'expiring',
  'areas',
  'backup',
  'cloudflare',
  'updates',
])
export type Topic = z.infer<typeof Topic>

export const AppEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    job: JobId,
    /** 0 to 1, or null where the end cannot be foreseen (a prime is found when it is found). */
    fraction: z.number().min(0).max(1).nullable(),
    phase: z.string(),
  }),
  z.strictObject({ type: z.literal('changed'), topics: z.array(Topic) }),
  /** Something waits for the window: it fetches it with `app.commands`. */
  z.strictObject({ type: z.literal('command') }),
])
export type AppEvent = z.infer<typeof AppEvent>
