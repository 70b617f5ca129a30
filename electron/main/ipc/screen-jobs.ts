import type { JobProgress } from '#electron/jobs/jobs'
import type { AppEvent } from '#shared/ipc/events'
import type { JobId } from '#shared/model/ids'

interface ScreenJob {
  signal: AbortSignal
  onProgress(progress: JobProgress): void
}

/**
 * Work that a screen gave a name to, and can call off by it: from the moment it asks, whatever the work is doing then
 * (asking a keyring, computing, waiting for its turn), until nothing is left to take back. Its progress is told by that
 * name, too.
 */
export function createScreenJobs(send: (event: AppEvent) => void) {
  const running = new Map<JobId, AbortController>()

  async function run<Result>(job: JobId, work: (options: ScreenJob) => Promise<Result>): Promise<Result> {
    const ending = new AbortController()
    running.set(job, ending)
    try {
      return await work({
        signal: ending.signal,
        onProgress: (progress) => send({ type: 'progress', job, ...progress }),
      })
    } finally {
      if (running.get(job) === ending) running.delete(job)
    }
  }

  /** Of work that has ended already there is nothing left to call off. */
  const cancel = (job: JobId): void => running.get(job)?.abort()

  return { run, cancel }
}

export type ScreenJobs = ReturnType<typeof createScreenJobs>
