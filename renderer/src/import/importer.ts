import type { Call, Out } from '#shared/ipc/contract'
import { hasCode } from '../api'
import { newJob } from '../progress'
import type { Arrival } from './arrivals'
import { createInspection } from './file-inspection'
import {
  batchFrom,
  bytesOf,
  type FileBatch,
  type ReceivedFile,
  type Source,
  setupFileIn,
  sourceOf,
} from './file-sources'
import type { ImportActions, ImportOutcome, ImportState, Step } from './import-context'
import { areRequests } from './requests'

export const nothingYet: ImportState = { step: { kind: 'idle' }, files: [], leftOut: [] }

type Get = () => Promise<FileBatch>

interface Ports {
  choose(): Promise<Out<'files.choose'>>
  read(input: Call<'identities.import'>): Promise<ImportOutcome>
  inspect(input: Call<'files.inspect'>): Promise<Out<'files.inspect'>>
  reviewSetup(input: Call<'setup.review'>): Promise<Out<'setup.review'>>
  cancel(job: string): void
  /** The form that is open for files, if any. */
  taker(): ((sources: Source[]) => void) | null
  show(state: ImportState): void
}

/** What was said to the question of the step before. */
interface Answer {
  password?: string | null
  pick?: string | null
  leaveClosed?: boolean
}

/** One import at a time, from wherever its files come. Every way leads through the same steps. */
export function createImporter(ports: Ports): ImportActions {
  let state = nothingYet

  function set(next: ImportState): void {
    state = next
    ports.show(next)
  }

  /** Gathers files, then does something with them; stopping leads back to where it began. */
  async function work(get: Get | null, next: (all: FileBatch, job: string) => Promise<Step>): Promise<void> {
    const back = state
    if (back.step.kind === 'working') return
    const job = newJob()
    const isOurs = () => state.step.kind === 'working' && state.step.job === job
    let all: FileBatch = staged(back) === null ? { files: [], leftOut: [] } : back
    set({ ...all, step: { kind: 'working', job, isReading: false, back } })
    try {
      const more = get === null ? nothingYet : await get()
      if (!isOurs()) return
      all = { files: [...all.files, ...more.files], leftOut: [...all.leftOut, ...more.leftOut] }
      set({ ...all, step: { kind: 'working', job, isReading: true, back } })
      const isNothing = get !== null && more.files.length === 0
      set(isNothing ? withoutFiles(more, back) : { ...all, step: await next(all, job) })
    } catch (error) {
      if (isOurs()) set(hasCode(error, 'cancelled') ? back : { ...all, step: { kind: 'failed', error } })
    }
  }

  const withoutFiles = (more: FileBatch, back: ImportState): ImportState =>
    more.leftOut.length === 0 ? back : { ...more, step: { kind: 'left-out' } }

  const importInto = (
    before: string | null,
    get: Get | null,
    { password = null, pick = null, leaveClosed = false }: Answer = {},
  ) => {
    const known = before === null ? 0 : state.files.length
    return work(get, async ({ files }, job) => {
      const file = setupFileIn(files.slice(known))
      if (file !== null) return { kind: 'setup', file, review: await ports.reviewSetup({ file }) }
      if (before === null && areRequests(files)) return { kind: 'requests' }
      const sources = files.slice(known).map((file) => sourceOf(file, 'import'))
      return {
        kind: 'outcome',
        outcome: await ports.read({ sources, password, staged: before, pick, leaveClosed, job }),
      }
    })
  }

  async function giveTo(taker: (sources: Source[]) => void, get: Get): Promise<void> {
    const { files, leftOut } = await get()
    // No form takes one.
    if (setupFileIn(files) !== null) return importInto(staged(state), async () => ({ files, leftOut }))
    if (files.length > 0) taker(bytesOf(files))
    if (leftOut.length > 0) set({ files: [], leftOut, step: { kind: 'left-out' } })
  }

  const chosen = async (): Promise<FileBatch> => batchFrom(await ports.choose())

  function receive({ get }: Arrival): boolean {
    const taker = ports.taker()
    if (taker === null && state.step.kind === 'working') return false
    void (taker === null ? importInto(staged(state), get) : giveTo(taker, get))
    return true
  }

  const lookInto = (files: ReceivedFile[]): Step => ({ kind: 'looking', looking: createInspection(files, ports) })

  function pickAnother(): void {
    const { step } = state
    if (step.kind !== 'outcome' || step.outcome.kind !== 'imported' || step.outcome.others === null) return
    set({ ...state, step: { kind: 'outcome', outcome: { kind: 'several', ...step.outcome.others } } })
  }

  function stop(): void {
    if (state.step.kind !== 'working') return
    const { job, isReading, back } = state.step
    if (isReading) ports.cancel(job)
    else set(back)
  }

  return {
    choose: () => importInto(staged(state), chosen),
    receive,
    leaveClosed: () => importInto(staged(state), null, { leaveClosed: true }),
    tryPassword: (password) => importInto(staged(state), null, { password }),
    pick: (certificate) => importInto(staged(state), null, { pick: certificate }),
    pickAnother,
    look: () => set({ ...state, step: lookInto(state.files) }),
    chooseToLook: () => work(chosen, async ({ files }) => lookInto(files)),
    stop,
    close: () => (state.step.kind === 'working' ? stop() : set(nothingYet)),
  }
}

/** Whether files that have waited may come now: they join what is staged, but take no answer off the screen. */
export const takesMore = (state: ImportState): boolean => state.step.kind === 'idle' || staged(state) !== null

/** A file that comes while another waits for its password or its key joins it. */
function staged({ step }: ImportState): string | null {
  return step.kind === 'outcome' && 'staged' in step.outcome ? step.outcome.staged : null
}
