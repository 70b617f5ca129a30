import { traceOf } from '#shared/logic/trace'
import { CallError, call } from './api'

/** Exceptions on this page, for the log. The main process has already logged those that it reported. */
export function recordBug(error: unknown): void {
  if (error instanceof CallError) return
  // Where it cannot be recorded either, a second error would help nobody.
  call('app.bug', traceOf(error)).catch(() => undefined)
}

window.addEventListener('error', ({ error }) => recordBug(error))
window.addEventListener('unhandledrejection', ({ reason }) => recordBug(reason))
