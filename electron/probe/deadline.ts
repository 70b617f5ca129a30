/**
 * Calls back when the time is up and what had arrived by then has been read. A busy or sleeping computer holds a whole process up;
 * when that goes on, its timers come before its sockets, and would find silence where an answer waits. Returns what ends the wait.
 */
export function whenTimeIsUp(limitMs: number, call: () => void): () => void {
  let turn: NodeJS.Immediate | undefined
  const timer = setTimeout(
    () => {
      // Only between two immediates do the sockets have their turn for certain, and the second time for an end behind the data.
      turn = setImmediate(() => {
        turn = setImmediate(call)
      })
    },
    Math.max(0, limitMs),
  )
  return () => {
    clearTimeout(timer)
    clearImmediate(turn)
  }
}

export interface Deadline {
  /** Settles with `ETIMEDOUT` when the time is up and with `ABORTED` when somebody cancels; else never. */
  passed: Promise<string>
  end(): void
}

/** Time limit and cancelling in one. A signal that was given before counts too. */
export function startDeadline(timeoutMs: number, signal: AbortSignal): Deadline {
  let pass: (code: string) => void = () => undefined
  const passed = new Promise<string>((resolve) => {
    pass = resolve
  })
  const abort = () => pass('ABORTED')
  const endWait = whenTimeIsUp(timeoutMs, () => pass('ETIMEDOUT'))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return {
    passed,
    end() {
      endWait()
      signal.removeEventListener('abort', abort)
    },
  }
}
