import { AppError } from '#shared/errors'
import type { JobId } from '#shared/model/ids'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from './jobs'
import { jobTable } from './run-job'

/** Jobs in the caller's own process: for unit tests, where a stall harms nobody. */
export function inlineJobs(): Jobs {
  const cancelled = new Set<JobId>()
  return {
    async run<Name extends JobName>(
      name: Name,
      input: JobInput<Name>,
      options: JobOptions = {},
    ): Promise<JobOutput<Name>> {
      const job = jobTable[name] as (
        input: JobInput<Name>,
        report: NonNullable<JobOptions['onProgress']>,
      ) => Promise<JobOutput<Name>>
      const value = await job(input, options.onProgress ?? (() => undefined))
      if (options.id !== undefined && cancelled.delete(options.id)) throw new AppError('cancelled')
      return value
    },
    cancel: (id) => void cancelled.add(id),
    async close() {},
  }
}
