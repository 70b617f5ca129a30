import { z } from 'zod'
import { framePattern, mostFrames, type Trace as TraceForm, wordPattern } from '../logic/trace'

/** What is written down of a mistake of ours, as it comes from another process. */
export const Trace = z.strictObject({
  error: z.string().regex(wordPattern),
  code: z.string().regex(wordPattern).nullable(),
  frames: z.array(z.string().regex(framePattern)).max(mostFrames),
}) satisfies z.ZodType<TraceForm>
