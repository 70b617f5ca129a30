import { type Trace, traceOf } from '#shared/logic/trace'
import type { Log, LogFields } from './log'

/** A mistake of ours, so that something is left to look at. Never its message, nor any value. */
export function recordBug(log: Log, error: unknown, where: Pick<LogFields, 'channel' | 'operation'> = {}): void {
  recordTrace(log, traceOf(error), where)
}

/** One that happened in another process of ours. */
export function recordTrace(log: Log, trace: Trace, where: Pick<LogFields, 'channel' | 'operation'>): void {
  const { error: errorClass, code, frames } = trace
  log.error('bug', { ...where, errorClass, ...(code === null ? {} : { code }), frames, ...here })
}

/** Where the log may come from, once somebody sends it. */
export const here = { version: __LATCHKEY_VERSION__, platform: process.platform }
