import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './paths.mjs'

/**
 * @typedef {object} Run
 * @property {number} code
 * @property {string} output
 *
 * @typedef {(line: string, stream: 'stdout' | 'stderr') => boolean} Shows Whether a line is worth showing.
 */

/**
 * Runs a program in the repository and waits.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, timeoutMs?: number, env?: NodeJS.ProcessEnv, cwd?: string }} options `quiet`: the output is
 *   returned instead of shown.
 * @returns {Run}
 */
export function run(command, args, { quiet = false, timeoutMs = 600_000, env = process.env, cwd = root } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    encoding: 'utf8',
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  // A program that is not there, or does not end, has printed nothing that says so.
  const output = [done.stdout ?? '', done.stderr ?? '', done.error ?? ''].join('')
  return { code: done.status ?? 1, output }
}

/**
 * Like run, but shows the output as it arrives and also returns it. The command and its children form one process group, which
 * is killed when the command exits, when this process is interrupted, or after the time limit (null: none).
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number | null, shows?: Shows }} options
 * @returns {Promise<Run>}
 */
export function runShown(command, args, { env = process.env, timeoutMs = 1_800_000, shows = () => true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: !isWindows })
    let output = ''
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      createInterface({ input: child[name] }).on('line', (line) => {
        output += `${line}\n`
        if (shows(line, name)) process.stdout.write(`${line}\n`)
      })
    }
    const end = () => endGroup(child)
    const interrupted = () => {
      end()
      process.exit(130)
    }
    for (const signal of signals) process.once(signal, interrupted)
    const timer = timeoutMs === null ? null : setTimeout(end, timeoutMs)
    /** @param {number} code */
    const done = (code) => {
      if (timer !== null) clearTimeout(timer)
      for (const signal of signals) process.off(signal, interrupted)
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += `${error}\n`
      done(127)
    })
    // Kills any children that are still running, so that the pipe closes and the last lines arrive.
    child.once('exit', end)
    child.once('close', (code) => done(code ?? 1))
  })
}

const isWindows = process.platform === 'win32'
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    if (isWindows || child.pid === undefined) child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has already exited.
  }
}

/** @param {string} command */
export const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0

/**
 * Runs the npm that started this process. On Windows, `npm` is a script that could only be run with a shell.
 *
 * @param {string[]} args
 */
export function npm(args) {
  const own = process.env.npm_execpath
  if (own !== undefined && /npm-cli\.c?js$/u.test(own)) return run(process.execPath, [own, ...args], { quiet: true })
  return run('npm', args, { quiet: true })
}
