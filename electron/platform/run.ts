import { spawn } from 'node:child_process'
import { AppError } from '#shared/errors'
import { childEnvironment, type Variables } from './environment'
import type { Log } from './log'

/** What a finished command said. `stdout` and `stderr` are UTF-8, each cut at 1 MiB. */
export interface CommandResult {
  exitCode: number
  stdout: string
  stderr: string
}

interface RunOptions {
  stdin?: string | Uint8Array
  timeoutMs?: number
  environment?: Record<string, string>
}

/** Starts a program with an argument array (never a shell), waits, redacts. Injected so that a store can be given a double. */
export type Run = (command: string, args: readonly string[], options?: RunOptions) => Promise<CommandResult>

/** The program is not on this computer: the one failure a person can mend by installing something. */
export class CommandMissing extends Error {
  readonly command: string

  constructor(command: string) {
    super(`${command} is not installed`)
    this.name = 'CommandMissing'
    this.command = command
  }
}

const MAX_OUTPUT_BYTES = 1024 * 1024
const defaultTimeoutMs = 60_000
/** What a shell reports for a program ended by a signal; `CommandResult` has no other way to say so. */
const endedBySignal = 128

/**
 * The real `Run`. The child gets an allow-listed environment with `LC_ALL=C`, and the log gets the program's name and
 * exit code, never an argument. Errors: `CommandMissing`; 'store-failed' when the time is up or it cannot be started.
 */
export function createRun(log: Log, parent?: Variables): Run {
  return (command, args, options = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        env: childEnvironment(options.environment, parent),
        shell: false,
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
      })
      const stdout = collect(child.stdout)
      const stderr = collect(child.stderr)
      let timedOut = false
      const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
      const timer = setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutMs)

      child.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer)
        log.warn('command-not-started', { command, ...(error.code === undefined ? {} : { code: error.code }) })
        if (error.code === 'ENOENT') reject(new CommandMissing(command))
        else reject(new AppError('store-failed', `${command} could not be started (${error.code ?? 'unknown'})`))
      })
      child.on('close', (exitCode) => {
        clearTimeout(timer)
        log.info('command', { command, exitCode })
        if (timedOut) {
          reject(new AppError('store-failed', `${command} did not finish within ${Math.round(timeoutMs / 1000)} s`))
        } else resolve({ exitCode: exitCode ?? endedBySignal, stdout: stdout(), stderr: stderr() })
      })
      // A program that never reads its input closes the pipe under us; its exit code says what matters.
      child.stdin.on('error', () => {})
      child.stdin.end(options.stdin ?? '')
    })
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length < MAX_OUTPUT_BYTES) chunks.push(chunk.subarray(0, MAX_OUTPUT_BYTES - length))
    length += chunk.length
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
