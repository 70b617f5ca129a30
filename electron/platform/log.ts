import { appendFileSync, renameSync, statSync } from 'node:fs'
import { isAppError } from '#shared/errors'
import { type Trace, traceOf } from '#shared/logic/trace'

/**
 * The log: one JSON line for each event, allow-listed fields only. There is no way to hand it an object, an error or a
 * free-form payload, so a secret cannot slip in with one.
 */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export interface LogFields {
  code?: string
  /** Of a mistake of ours: its class and where it happened (`record-bug.ts`). */
  errorClass?: string
  frames?: readonly string[]
  command?: string
  exitCode?: number | null
  store?: string
  channel?: string
  step?: string
  operation?: string
  count?: number
  milliseconds?: number
  version?: string
  platform?: string
  /** Why a process is gone, in Chromium's words: "crashed", "oom". */
  reason?: string
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }

const MAX_LOG_BYTES = 1024 * 1024

/** Appends to `path` (0600); at 1 MiB the file becomes `path.1` and a new one begins. A full disk never stops the app. */
export function createFileLog(path: string): Log {
  function write(level: string, event: string, fields: LogFields = {}): void {
    const { code, errorClass, frames, command, exitCode, store, channel, step, operation, count, milliseconds } = fields
    const { version, platform, reason } = fields
    const where = { command, store, channel, step, operation, version, platform }
    const allowed = { code, errorClass, frames, exitCode, count, milliseconds, reason, ...where }
    try {
      rotate(path)
      appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), level, event, ...allowed })}\n`, {
        mode: 0o600,
      })
    } catch {
      // Nowhere to write to; the work itself matters more than its log.
    }
  }
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  }
}

function rotate(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false })
  // Nobody may be reading it, and opening it would wait for a reader.
  if (status?.isFIFO() === true) throw new Error('The log is a pipe.')
  if (status !== undefined && status.size > MAX_LOG_BYTES) renameSync(path, `${path}.1`)
}

/** A mistake of ours, so that something is left to look at. Never its message, nor any value. */
export function recordBug(log: Log, error: unknown, where: Pick<LogFields, 'channel' | 'operation'> = {}): void {
  recordTrace(log, traceOf(error), where)
}

/** What failed while nobody waited for it: an error of ours by its code, and a mistake of ours as such. */
export function recordFailure(log: Log, event: string, error: unknown, operation: string): void {
  if (isAppError(error) && error.code !== 'internal') log.warn(event, { code: error.code })
  else recordBug(log, error, { operation })
}

/** One that happened in another process of ours. */
export function recordTrace(log: Log, trace: Trace, where: Pick<LogFields, 'channel' | 'operation'>): void {
  const { error: errorClass, code, frames } = trace
  log.error('bug', { ...where, errorClass, ...(code === null ? {} : { code }), frames, ...thisBuild() })
}

/** So that a log that someone sends says where it comes from. A function, because only a build knows its version. */
export const thisBuild = () => ({ version: __LATCHKEY_VERSION__, platform: process.platform })
