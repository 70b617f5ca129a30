import type { Writable } from 'node:stream'

/** Standard output, for the result of a command, and standard error, for messages about it. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Resolves when everything is written: null, or the error code of a failed write to standard output (`ENOSPC`). */
  finish(): Promise<string | null>
}

/**
 * A closed pipe, as in `latchkey list | head -1`, is not an error; the rest of the output is dropped. All output has to go
 * through here, because a stream without this error listener would crash the process.
 */
export function openTerminal(stdout: Writable, stderr: Writable): Terminal {
  const out = openWriter(stdout)
  const err = openWriter(stderr)
  return {
    out: out.write,
    err: err.write,
    async finish() {
      const [failure] = await Promise.all([out.finish(), err.finish()])
      return failure === null || closedPipe.has(failure) ? null : failure
    },
  }
}

/** Windows reports `EOF`. */
const closedPipe: ReadonlySet<string> = new Set(['EPIPE', 'EOF'])

function openWriter(stream: Writable) {
  let failure: string | null = null
  let written = Promise.resolve()
  // The callback of the failed write receives the same error.
  stream.on('error', () => {})
  return {
    write(text: string): void {
      const one = new Promise<void>((resolve) => {
        stream.write(text, (error) => {
          if (error) failure ??= 'code' in error ? String(error.code) : error.message
          resolve()
        })
      })
      written = written.then(() => one)
    },
    async finish(): Promise<string | null> {
      await written
      return failure
    },
  }
}
