import type { ReactNode } from 'react'
import type { Call } from '#shared/ipc/contract'
import { call } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { useNavigation } from '../../../navigation'
import { shownPlan } from './plan-store'

export type Intent = Call<'cloudflare.plan'>['intent']

interface Planner {
  /** Plans a change and shows it under Access, where the person is by then or comes back to. False where it failed or was cancelled. */
  plan(intent: Intent): Promise<boolean>
  planUndo(run: string): Promise<boolean>
  /** The wait, or what went wrong; null where there is neither. */
  status: ReactNode
  isBusy: boolean
}

export function usePlanner(): Planner {
  const { choose } = useNavigation()
  const { job, error, run } = useJob()

  async function show(work: (job: string) => ReturnType<typeof call<'cloudflare.plan'>>): Promise<boolean> {
    const plan = await run(work)
    if (plan === null) return false
    shownPlan.set({ kind: 'plan', plan })
    choose({ screen: 'access', view: 'plan' })
    return true
  }

  const waiting = job === null ? null : <JobProgress job={job} phase="Planning" />
  return {
    plan: (intent) => show((id) => call('cloudflare.plan', { intent, job: id })),
    planUndo: (changed) => show((id) => call('cloudflare.planUndo', { run: changed, job: id })),
    status: waiting ?? (error === null ? null : <ErrorNotice error={error} />),
    isBusy: job !== null,
  }
}
