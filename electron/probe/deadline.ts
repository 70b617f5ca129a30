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
  const timer = setTimeout(() => pass('ETIMEDOUT'), Math.max(0, timeoutMs))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return {
    passed,
    end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}
