import { Button, Progress, Stack, Text } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { call, hasCode } from '../api'
import { forgetProgress, newJob, useProgress } from '../progress'
import { DialogButtons } from './DialogButtons'

interface JobProgressProps {
  job: string
  /** Said until the first word of the work arrives. */
  phase: string
  /** Said behind the phase, for example the kind of key. */
  about?: string | null
  /** Of how many things; which of them it is at is said then: "7 of 20". */
  total?: number
  children?: ReactNode
}

/** Long work: how far it is, and a button that cancels it. */
export function JobProgress({ job, phase, about = null, total = 1, children }: JobProgressProps) {
  const progress = useProgress(job)
  const said = progress?.phase ?? phase
  const fraction = progress?.fraction ?? null
  return (
    <Stack>
      <Text role="status">
        {said}
        {about === null ? '' : ` (${about})`}
        {total > 1 && fraction !== null ? ` ${placeOf(fraction, total)} of ${total}` : ''}…
      </Text>
      <Progress value={fraction === null ? 100 : fraction * 100} animated={fraction === null} aria-label={said} />
      {children}
      <DialogButtons>
        <Button variant="default" data-autofocus onClick={() => void call('jobs.cancel', { job })}>
          Cancel
        </Button>
      </DialogButtons>
    </Stack>
  )
}

/** The first of twenty is at 0, the last at 19/20. */
const placeOf = (fraction: number, total: number): number => Math.min(total, Math.round(fraction * total) + 1)

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

  /** Null when it was cancelled or failed; `onProblem` is for whoever shows that elsewhere. */
  async function run<Result>(
    work: (job: string) => Promise<Result>,
    onProblem?: (problem: unknown) => void,
  ): Promise<Result | null> {
    const id = newJob()
    setJob(id)
    setError(null)
    try {
      return await work(id)
    } catch (problem) {
      if (!hasCode(problem, 'cancelled')) {
        setError(problem)
        onProblem?.(problem)
      }
      return null
    } finally {
      setJob(null)
      forgetProgress(id)
    }
  }

  return { job, error, run }
}
