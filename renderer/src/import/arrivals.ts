import { createStore } from '../store'
import { type FileBatch, readFiles, sourceFromText } from './file-sources'
import { filesIn, foldersIn } from './folders'

/** Files that came to the window: dropped, pasted, or handed over by the system. They are read when they are taken. */
export interface Arrival {
  names: string[]
  get(): Promise<FileBatch>
}

/** Takes what has arrived, or returns false because it cannot now. */
type TakeArrival = (arrival: Arrival) => boolean

/**
 * What has arrived waits here, in order, until somebody takes it: nobody can while the window starts, while the keys are
 * locked, or while other files are being read.
 */
export function createArrivals() {
  const waiting = createStore<readonly Arrival[]>([])
  let taker: TakeArrival | null = null

  /** To be called when whoever takes files may be able to take more. */
  function offer(): void {
    const [first, ...others] = waiting.get()
    if (first === undefined || taker === null || !taker(first)) return
    waiting.set(others)
    offer()
  }

  return {
    add(arrival: Arrival): void {
      waiting.set([...waiting.get(), arrival])
      offer()
    },
    offer,
    /** What arrives goes to `take` from now on, what waits first. Returns the way to stop. */
    takeWith(take: TakeArrival): () => void {
      taker = take
      offer()
      return () => {
        if (taker === take) taker = null
      }
    },
    discard: (): void => waiting.set([]),
    waiting,
  }
}

export const arrivals = createArrivals()

/** Null where there is nothing for us. To be asked while the event lasts: the lists are emptied when it is over. */
export function arrivalFrom(data: DataTransfer | null): Arrival | null {
  if (data === null) return null
  const folders = foldersIn(data)
  if (folders !== null) {
    const get = async () => {
      const found = await filesIn(folders)
      return readFiles(found.files, found.leftOut)
    }
    return { names: folders.map(({ name }) => name), get }
  }
  const files = [...data.files]
  if (files.length > 0) return { names: files.map(({ name }) => name), get: () => readFiles(files) }
  const text = sourceFromText(data.getData('text/plain'))
  return text === null ? null : { names: [text.name], get: async () => ({ files: [text], leftOut: [] }) }
}
