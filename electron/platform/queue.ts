/** Work that is done one after the other. */
export interface Queue {
  /** Waits for all that was handed in before, however it ended, and answers as `work` does. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** When all that has been handed in so far has ended. */
  settled(): Promise<void>
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(work) {
      const turn = last.then(work)
      last = turn.catch(() => undefined)
      return turn
    },
    async settled() {
      await last
    },
  }
}
