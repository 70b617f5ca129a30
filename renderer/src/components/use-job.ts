import { useEffect, useState } from 'react'
import { call, hasCode } from '../api'
import { forgetProgress, newJob } from '../progress'

/**
 * Long work of a form: its job while it runs, and what went wrong. Cancelling is no error. A window that is closed on the
 * way does not leave the work running behind it.
 */
export function useJob() {
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  useEffect(() => {
    if (job === null) return
    return () => void call('jobs.cancel', { job }).catch(() => undefined)
  }, [job])

  /** Null when it was cancelled or failed. */
  async function run<Result>(work: (job: string) => Promise<Result>): Promise<Result | null> {
    const id = newJob()
    setJob(id)
    setError(null)
    try {
      return await work(id)
    } catch (problem) {
      if (!hasCode(problem, 'cancelled')) setError(problem)
      return null
    } finally {
      setJob(null)
      forgetProgress(id)
    }
  }

  return { job, error, run }
}
