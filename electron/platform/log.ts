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
  command?: string
  exitCode?: number | null
  store?: string
  channel?: string
  step?: string
  operation?: string
  count?: number
  milliseconds?: number
  version?: string
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
