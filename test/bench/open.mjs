import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Far beyond any measurement: an Electron that hangs ends the run instead of holding it up. */
const endsAfterMs = 40_000

const [executable, ...args] = JSON.parse(process.env.LATCHKEY_BENCH_COMMAND)

/** Starts Electron with `measured.cjs` on a blank window, on the app, on the app at work, or on its longest list. */
export function open(what, more = {}) {
  const env = { ...process.env, ...more, LATCHKEY_BENCH: what, LATCHKEY_BENCH_SPAWNED: String(Date.now()) }
  const child = spawn(executable, args, {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: endsAfterMs,
    killSignal: 'SIGKILL',
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    /** The next result that has this name. */
    async next(name) {
      for (;;) {
        const { value: line, done } = await lines.next()
        if (done) throw new Error(`${what}: it ended without telling ${name}.`)
        const result = line.startsWith('{') ? JSON.parse(line) : {}
        if (name in result) return result
      }
    },
    goOn: () => child.stdin.write('\n'),
    ended: new Promise((resolve) => child.once('close', resolve)),
  }
}
