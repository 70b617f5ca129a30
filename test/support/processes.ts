import { type ChildProcess, spawn } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Bundle, bundle } from './bundle'

/** A bundle that finds the native modules, which are never bundled. */
export async function bundleWithModules(entry: string): Promise<Bundle> {
  const made = await bundle(entry)
  symlinkSync(join(process.cwd(), 'node_modules'), join(dirname(made.path), 'node_modules'))
  return made
}

export interface Running {
  /** The next line it prints; null once it has ended. */
  line(): Promise<string | null>
  say(line: string): void
  /** As a power cut would; resolves when it is gone. */
  kill(): Promise<void>
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** Another process on the same script, to talk with line by line. */
export function start(script: string, args: string[], environment: Record<string, string> = {}): Running {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('The process has no pipes.')
  stdin.on('error', () => undefined)
  const lines = createInterface(stdout)[Symbol.asyncIterator]()
  return {
    async line() {
      const next = await lines.next()
      return next.done === true ? null : next.value
    },
    say: (line) => void stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    ended,
  }
}
