import { useEffect } from 'react'
import type { Call, Out } from '#shared/ipc/contract'
import type { InspectedFile, InspectFailure } from '#shared/model/details'
import { hasCode } from '../api'
import { newJob } from '../progress'
import { createStore, useStore } from '../store'
import { type ReceivedFile, sourceOf } from './file-sources'

export type ReadState =
  | { kind: 'waiting' }
  | { kind: 'reading'; job: string; before: ReadState }
  /** `wrong`: a password was tried on it and does not fit. */
  | { kind: 'seen'; seen: InspectedFile; wrong: boolean }
  | { kind: 'failed'; error: unknown }

export interface FileEntry {
  file: ReceivedFile
  look: ReadState
}

interface Ports {
  inspect(input: Call<'files.inspect'>): Promise<Out<'files.inspect'>>
  cancel(job: string): void
}

export type FileInspection = ReturnType<typeof createInspection>

/** Whether it is a password that keeps this part of a file from being read. */
export const isClosedPart = ({ code }: InspectFailure): boolean =>
  code === 'password-needed' || code === 'wrong-password'

const needsPassword = ({ failures }: InspectedFile): boolean => failures.some(isClosedPart)

/** Whether some of it waits for a password. */
export const isClosed = ({ look }: FileEntry): boolean => look.kind === 'seen' && needsPassword(look.seen)

/** Looks into files one after another, each with a password of its own; what has been seen stays, whatever the next holds. */
export function createInspection(given: ReceivedFile[], { inspect, cancel }: Ports) {
  const files = createStore<readonly FileEntry[]>(given.map((file) => ({ file, look: { kind: 'waiting' } })))
  /** Raised by stopping: whoever began under another number goes no further. */
  let round = 0
  let latest: Promise<void> = Promise.resolve()

  function set(index: number, change: Partial<FileEntry>): void {
    files.set(files.get().map((each, at) => (at === index ? { ...each, ...change } : each)))
  }

  async function lookInto(index: number, password: string | null): Promise<void> {
    const entry = files.get()[index]
    if (entry === undefined) return
    const { file, look: before } = entry
    const job = newJob()
    set(index, { look: { kind: 'reading', job, before } })
    try {
      const { file: seen, again } = await inspect({ source: sourceOf(file, 'inspect'), password, job })
      const next = again === null || file.kind === 'bytes' ? file : { ...file, inspect: again }
      set(index, { file: next, look: { kind: 'seen', seen, wrong: password !== null && needsPassword(seen) } })
    } catch (error) {
      set(index, { look: hasCode(error, 'cancelled') ? before : { kind: 'failed', error } })
    }
  }

  /** One thing at a time, in the order in which it was asked for. */
  function after(work: (goesOn: () => boolean) => Promise<void>): Promise<void> {
    const mine = round
    latest = latest.then(() => work(() => mine === round))
    return latest
  }

  /** Reads what has not been read; also goes on after a stop. */
  function start(): Promise<void> {
    return after(async (goesOn) => {
      for (let index = 0; index < files.get().length && goesOn(); index += 1) {
        if (files.get()[index]?.look.kind === 'waiting') await lookInto(index, null)
      }
    })
  }

  /** What opens one file often opens its neighbours; those that stay closed are as they were. */
  function open(index: number, password: string): Promise<void> {
    return after(async (goesOn) => {
      await lookInto(index, password)
      const opened = files.get()[index]
      if (opened === undefined || isClosed(opened)) return
      for (let other = 0; other < files.get().length && goesOn(); other += 1) {
        const entry = files.get()[other]
        if (entry === undefined || !isClosed(entry)) continue
        await lookInto(other, password)
        const tried = files.get()[other]
        if (tried !== undefined && isClosed(tried)) set(other, { look: entry.look })
      }
    })
  }

  function stop(): void {
    round += 1
    for (const { look } of files.get()) if (look.kind === 'reading') cancel(look.job)
  }

  return { id: newJob(), files, start, open, stop }
}

/** Reads while it is shown; what was seen stays when something else is shown meanwhile. */
export function useInspection(looking: FileInspection): readonly FileEntry[] {
  const files = useStore(looking.files)
  useEffect(() => {
    void looking.start()
    return looking.stop
  }, [looking])
  return files
}
