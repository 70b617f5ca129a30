import { spawn, spawnSync } from 'node:child_process'
import { root } from './paths.mjs'

/** Runs a program in the repository and waits. Returns { code, output }; output only where it was asked for. */
export function run(command, args, { quiet = false, timeoutMs = 600_000, env = process.env, cwd = root } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    encoding: 'utf8',
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  return { code: done.status ?? 1, output: `${done.stdout ?? ''}${done.stderr ?? ''}` }
}

/** Like run, but shows the output as it comes and returns it too. */
export function runShown(command, args, { env = process.env, timeoutMs = 1_800_000, filter = (text) => text } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk) => {
      output += chunk
      process.stdout.write(filter(String(chunk)))
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.on('error', (error) => resolve({ code: 127, output: String(error) }))
    // 'exit', not 'close': a grandchild that keeps the pipe open must not hold us up.
    child.on('exit', (code) => {
      clearTimeout(timer)
      setImmediate(() => resolve({ code: code ?? 1, output }))
    })
  })
}

export const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0
