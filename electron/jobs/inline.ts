import { throwIfCancelled } from '#electron/platform/cancelled'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from './jobs'
import { jobTable } from './run-job'

/** Jobs in the caller's own process: for unit tests, where a stall does no harm. They cannot be interrupted. */
export function inlineJobs(): Jobs {
  return {
    async run<Name extends JobName>(
      name: Name,
      input: JobInput<Name>,
      { signal, onProgress = () => undefined }: JobOptions = {},
    ): Promise<JobOutput<Name>> {
      const job = jobTable[name] as (
        input: JobInput<Name>,
        report: NonNullable<JobOptions['onProgress']>,
      ) => Promise<JobOutput<Name>>
      throwIfCancelled(signal)
      const value = await job(input, onProgress)
      throwIfCancelled(signal)
      return value
    },
    async close() {},
  }
}
