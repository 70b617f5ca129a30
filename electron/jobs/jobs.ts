import type { InputOf, OutputOf, Progress } from '#electron/platform/rpc'
import type { JobTable } from './table'

export type JobProgress = Progress

export interface JobOptions {
  /** Cancels it, also while it waits for its turn. */
  signal?: AbortSignal | undefined
  onProgress?: (progress: JobProgress) => void
  /** The process ends with the job, so that nothing that it has read is read from memory the next time. */
  endsProcess?: boolean
}

/**
 * Work too long for the thread that keeps the window alive. Cancelling returns at once with `AppError('cancelled')` and
 * discards whatever the job would have produced; a native call cannot be interrupted, so its process is ended.
 */
export interface Jobs {
  run<Name extends JobName>(name: Name, input: JobInput<Name>, options?: JobOptions): Promise<JobOutput<Name>>
  close(): Promise<void>
}

export type JobName = keyof JobTable
export type JobInput<Name extends JobName> = InputOf<JobTable, Name>
export type JobOutput<Name extends JobName> = OutputOf<JobTable, Name>
