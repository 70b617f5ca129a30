import type { AppEvent } from '#shared/ipc/events'
import { createStore, useStore } from './store'

export type Progress = Extract<AppEvent, { type: 'progress' }>

/** The latest event of each job: events arrive whether or not a component shows them. */
const latest = createStore<ReadonlyMap<string, Progress>>(new Map())

export function noteProgress(progress: Progress): void {
  latest.set(new Map([...latest.get(), [progress.job, progress]]))
}

export function forgetProgress(job: string): void {
  latest.set(new Map([...latest.get()].filter(([known]) => known !== job)))
}

export const useProgress = (job: string): Progress | null => useStore(latest, (all) => all.get(job) ?? null)

/** Chosen here, so that work can be cancelled before its first answer arrives. */
export const newJob = (): string => crypto.randomUUID()
