import { traceOf } from '#shared/logic/trace'
import { CallError, call } from './api'

/** Mistakes of ours on this page, for the log. What the main process has told us it has written down itself. */
export function recordBug(error: unknown): void {
  if (error instanceof CallError) return
  // The bug is what matters; that it could not be written down is not worth another one.
  call('app.bug', traceOf(error)).catch(() => undefined)
}

window.addEventListener('error', ({ error }) => recordBug(error))
window.addEventListener('unhandledrejection', ({ reason }) => recordBug(reason))
