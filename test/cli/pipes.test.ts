import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Computer, discard, environmentOf, newComputer, runCli } from '../support/crash'
import { type Walkthrough, walkThrough } from '../support/openssl'

let here: Computer
let walk: Walkthrough

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

const start = (args: string[], stdio: StdioOptions, nodeOptions: string[] = []): ChildProcess =>
  spawn(process.execPath, [...nodeOptions, 'out/cli/latchkey.cjs', ...args], { env: environmentOf(here), stdio })

/** The exit code of a command, and what it wrote where somebody still reads. */
async function ended(child: ChildProcess): Promise<[unknown, string]> {
  const heard: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => heard.push(chunk))
  const [code] = await once(child, 'close')
  return [code, String(Buffer.concat(heard))]
}

/** The writing end of a pipe that nobody reads any more, so that every write fails with EPIPE. */
function brokenPipe(): number {
  const path = join(here.folder, 'pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(path, constants.O_WRONLY)
  closeSync(reader)
  execFileSync('rm', [path])
  return writer
}

describe.skipIf(process.platform === 'win32')('a reader that has gone, as in “latchkey list | head -1”', () => {
  const verdict = () => ['verify', walk.path('client.pem')]
  const error = () => ['export', 'Nobody', '--for', 'pem', '-o', 'nobody.pem']
  const runs: [string, 'out' | 'err' | 'both', number, () => string[]][] = [
    ['the help', 'out', 0, () => ['ca', 'issue', '--help']],
    ['a list', 'out', 0, () => ['list']],
    ['a JSON object', 'out', 0, () => ['list', '--json']],
    ['a negative verdict', 'out', 1, verdict],
    ['wrong usage', 'err', 2, () => ['list', '--colour']],
    ['an error', 'err', 2, error],
    ['an error in JSON', 'both', 2, () => [...error(), '--json']],
  ]

  it.each(runs)('ends %s (%s) quietly with its own exit code', async (_what, broken, code, args) => {
    const pipe = brokenPipe()
    try {
      const stdio: StdioOptions = ['ignore', broken === 'err' ? 'pipe' : pipe, broken === 'out' ? 'pipe' : pipe]
      const [exitCode, heard] = await ended(start(args(), stdio))
      expect([exitCode, heard]).toEqual([code, ''])
    } finally {
      closeSync(pipe)
    }
  })
})

describe.runIf(process.platform === 'linux')('output that cannot be written', () => {
  it.each([[['list', '--json']], [['--help']]])('%s says so and is no success', async (args) => {
    const full = openSync('/dev/full', 'w')
    try {
      const [code, stderr] = await ended(start(args, ['ignore', full, 'pipe']))
      expect([code, stderr]).toEqual([3, expect.stringContaining('(standard output: ENOSPC)')])
      expect(stderr).not.toMatch(/^ +at /mu)
    } finally {
      closeSync(full)
    }
  })
})

describe('the practice site', () => {
  it('prints one JSON object, as soon as it runs, and nothing at its end', async () => {
    const lab = start(['lab', '--json'], ['ignore', 'pipe', 'pipe'])
    const closed = ended(lab)
    await once(lab, 'spawn')
    if (lab.stdout !== null) await once(lab.stdout, 'data')
    lab.kill('SIGTERM')
    const [code, stdout] = await closed
    expect(code).toBe(0)
    const address = expect.stringContaining('https')
    expect(JSON.parse(stdout)).toEqual({ version: 2, verb: 'lab', ok: true, address, scenario: null })
  })

  it('ends properly when it is ended in the moment it prints', async () => {
    const hook = join(here.folder, 'end-at-the-first-line.cjs')
    writeFileSync(
      hook,
      `const { write } = process.stdout
       process.stdout.write = function (...args) {
         const isTaken = write.apply(process.stdout, args)
         process.kill(process.pid, 'SIGTERM')
         return isTaken
       }`,
    )
    expect(await ended(start(['lab', '--json'], ['ignore', 'pipe', 'pipe'], ['--require', hook]))).toEqual([
      0,
      expect.stringContaining('https'),
    ])
  })

  it('prints one JSON object where it does not start', async () => {
    const { code, stdout } = await runCli(here, ['lab', '--action', 'sing', '--json'])
    expect([code, JSON.parse(stdout)]).toEqual([2, expect.objectContaining({ ok: false, verb: 'lab' })])
  })
})
