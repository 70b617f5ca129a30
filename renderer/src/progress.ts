import { useSyncExternalStore } from 'react'
import type { AppEvent } from '#shared/ipc/events'

export type Progress = Extract<AppEvent, { type: 'progress' }>

let latest: ReadonlyMap<string, Progress> = new Map()
const listeners = new Set<() => void>()

/** Outside React, because events arrive whether or not anybody shows them. */
export function noteProgress(progress: Progress): void {
  latest = new Map([...latest, [progress.job, progress]])
  for (const listener of listeners) listener()
}

export function forgetProgress(job: string): void {
  latest = new Map([...latest].filter(([known]) => known !== job))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useProgress(job: string | null): Progress | null {
  return useSyncExternalStore(subscribe, () => (job === null ? null : (latest.get(job) ?? null)))
}

/** Chosen here, so that work can be cancelled before its first answer arrives. */
export const newJob = (): string => crypto.randomUUID()
