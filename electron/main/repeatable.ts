/** Work that is done once, and again when it is asked for after a failure. */
export interface Repeatable<T> {
  /** What has been done, or is being done; after a failure, the next attempt. */
  get(): Promise<T>
  /** The latest attempt, however it ended. */
  latest(): Promise<T>
}

/** The first attempt begins at once. */
export function createRepeatable<T>(work: () => Promise<T>): Repeatable<T> {
  let hasFailed = false
  let latest = attempt()

  function attempt(): Promise<T> {
    hasFailed = false
    const begun = work()
    // Whoever asks for it hears of the failure.
    begun.catch(() => {
      hasFailed = true
    })
    return begun
  }

  return {
    get() {
      if (hasFailed) latest = attempt()
      return latest
    },
    latest: () => latest,
  }
}
