import type { JobOptions } from '#electron/jobs/jobs'
import { countOf } from '#shared/logic/formatting'
import type { Progress } from './ports'

/** Pauses that Cloudflare asks for would look like a hang. */
export const progressOf = ({ signal, onProgress }: JobOptions): Progress => ({
  signal,
  onPause: ({ seconds }) =>
    onProgress?.({
      fraction: null,
      phase: `Cloudflare accepts no requests now. Trying again in ${countOf(seconds, 'second')}`,
    }),
})
