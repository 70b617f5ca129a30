/** What a finished command said. `stdout` and `stderr` are UTF-8, each cut at 1 MiB. */
export interface Finished {
  exitCode: number
  stdout: string
  stderr: string
}

export interface RunOptions {
  stdin?: string
  timeoutMs?: number
  environment?: Record<string, string>
}

/** Starts a program with an argument array (never a shell), waits, redacts. Injected so that a store can be given a double. */
export type Run = (command: string, args: readonly string[], options?: RunOptions) => Promise<Finished>
