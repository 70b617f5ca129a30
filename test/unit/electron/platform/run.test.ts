import { describe, expect, it } from 'vitest'
import { type Log, type LogFields, silentLog } from '#electron/platform/log'
import { CommandMissing, createRun } from '#electron/platform/run'
import { isAppError } from '#shared/errors'

const node = process.execPath
/** `ELECTRON_RUN_AS_NODE`: these tests also run where the Node at hand is Electron's. */
const environment = { ELECTRON_RUN_AS_NODE: '1' }
const run = createRun(silentLog)
const script = (code: string, extra: object = {}) => run(node, ['-e', code], { environment, ...extra })

describe('createRun', () => {
  it('gives exit code and both outputs, and hands in stdin', async () => {
    const code =
      "process.stdin.on('data', (d) => process.stdout.write(d)); process.stderr.write('no'); process.exitCode = 7"
    expect(await script(code, { stdin: 'häl lo' })).toEqual({ exitCode: 7, stdout: 'häl lo', stderr: 'no' })
  })

  it('passes arguments as they are, without a shell', async () => {
    const args = ['$HOME', 'a b', '"; true', '*']
    const { stdout } = await run(node, ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args], {
      environment,
    })
    expect(JSON.parse(stdout)).toEqual(args)
  })

  it('survives a program that never reads its input', async () => {
    expect((await script('process.exit(3)', { stdin: 'x'.repeat(200_000) })).exitCode).toBe(3)
  })

  it('cuts the output at one mebibyte', async () => {
    const { stdout } = await script("process.stdout.write('x'.repeat(3 * 1024 * 1024))")
    expect(stdout).toHaveLength(1024 * 1024)
  })

  it('tells a missing program from every other failure', async () => {
    const error: unknown = await run('latchkey-no-such-program', []).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(CommandMissing)
    expect(error).toMatchObject({ command: 'latchkey-no-such-program' })
  })

  it('ends a program that takes too long', async () => {
    const error: unknown = await script('setInterval(() => {}, 1000)', { timeoutMs: 100 }).catch(
      (reason: unknown) => reason,
    )
    expect(isAppError(error, 'store-failed')).toBe(true)
  })

  it('logs the name and the exit code, never an argument', async () => {
    const logged: [string, LogFields | undefined][] = []
    const record = (event: string, fields?: LogFields) => void logged.push([event, fields])
    const log: Log = { info: record, warn: record, error: record }
    await createRun(log)(node, ['-e', 'process.exit(2)', 'secret'], { environment })
    expect(logged).toEqual([['command', { command: node, exitCode: 2 }]])
  })
})
