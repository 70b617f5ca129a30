import type { Writable } from 'node:stream'

/** Where a command writes: what was asked for, and what is said about it. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** When everything is written. Why the output could not be (`ENOSPC`), or null; of the error output nobody could be told. */
  finish(): Promise<string | null>
}

/**
 * A reader that has gone, as in `latchkey list | head -1`, has what it wanted: the rest is dropped, and that is no error.
 * Output goes through here alone, since a stream without this listener would end the process with a stack.
 */
export function openTerminal(stdout: Writable, stderr: Writable): Terminal {
  const out = openWriter(stdout)
  const err = openWriter(stderr)
  return {
    out: out.write,
    err: err.write,
    async finish() {
      const [failure] = await Promise.all([out.finish(), err.finish()])
      return failure === null || readerHasGone.has(failure) ? null : failure
    },
  }
}

/** `EOF` is what Windows says. */
const readerHasGone: ReadonlySet<string> = new Set(['EPIPE', 'EOF'])

function openWriter(stream: Writable) {
  let failure: string | null = null
  let written = Promise.resolve()
  // The callback of the write that failed has the error, too.
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
