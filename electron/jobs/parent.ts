/** The asking side, as a job process sees it, whichever way it was started. */
export interface ParentPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/** Electron adds `parentPort` to a utility process; a forked child has `send`. */
export function parentOf(own: NodeJS.Process & { parentPort?: UtilityPort | null }): ParentPort {
  const { parentPort } = own
  if (parentPort !== undefined && parentPort !== null) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
    }
  }
  // An asker that is gone needs no answers.
  own.on('disconnect', () => own.exit(0))
  return { post: (message) => void own.send?.(message), onMessage: (listener) => void own.on('message', listener) }
}
