import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#electron/database/client'
import { forkChannel, parentChannel } from '#electron/platform/channel'
import { temporaryFolder } from '../../../support/home'

/** `process` as Electron's utility process or Node's forked child makes it, as far as it matters here. */
const processWith = (changes: object): NodeJS.Process => Object.assign(Object.create(process), changes)

describe('the way back to the caller', () => {
  it('is parentPort in a utility process, whose messages come wrapped', () => {
    const posted: unknown[] = []
    const listeners: ((event: { data: unknown }) => void)[] = []
    const parentPort = {
      postMessage: (message: unknown) => void posted.push(message),
      on: (_: string, listener: (event: { data: unknown }) => void) => void listeners.push(listener),
    }
    const parent = parentChannel(processWith({ parentPort }))
    const heard: unknown[] = []
    parent.onMessage((message) => void heard.push(message))
    for (const listener of listeners) listener({ data: 'order' })
    parent.post('notice')
    expect([heard, posted]).toEqual([['order'], ['notice']])
  })

  it('is the IPC channel in a forked child, which ends with its asker', () => {
    const sent: unknown[] = []
    const codes: unknown[] = []
    const listeners = new Map<string, (message?: unknown) => void>()
    const parent = parentChannel(
      processWith({
        send: (message: unknown) => void sent.push(message),
        on: (event: string, listener: () => void) => void listeners.set(event, listener),
        exit: (code: number) => void codes.push(code),
      }),
    )
    const heard: unknown[] = []
    parent.onMessage((message) => void heard.push(message))
    listeners.get('message')?.('order')
    parent.post('notice')
    listeners.get('disconnect')?.()
    expect([heard, sent, codes]).toEqual([['order'], ['notice'], [0]])
  })
})

describe('the environment of what runs for us', () => {
  const home = temporaryFolder()
  const planted = [
    'LATCHKEY_PASSPHRASE',
    'LATCHKEY_CA_PASSPHRASE',
    'AWS_SECRET_ACCESS_KEY',
    'SSLKEYLOGFILE',
    'NODE_OPTIONS',
  ]
  const needed = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus', XDG_RUNTIME_DIR: '/run', DISPLAY: ':9', HOME: home }
  // The very object, not a copy: what comes later writes to it.
  const before = process.env
  afterEach(() => {
    process.env = before
  })
  function plant(): void {
    process.env = { ...before, ...needed, ...Object.fromEntries(planted.map((name) => [name, 'planted'])) }
  }
  function script(name: string, content: string): string {
    const path = join(home, name)
    writeFileSync(path, content)
    return path
  }
  function expectStripped(environment: unknown): void {
    expect(environment).toMatchObject(needed)
    expect(JSON.stringify(environment)).not.toContain('planted')
  }

  it('is stripped in a forked process, and keeps what a keyring needs', async () => {
    plant()
    const child = forkChannel(script('child.cjs', "process.on('message', () => process.send(process.env))"))
    const told = new Promise((resolve) => child.onMessage(resolve))
    child.post('tell')
    expectStripped(await told)
    child.kill()
  })

  it('is stripped in the worker of the database', async () => {
    plant()
    const tell = `require('node:fs').writeFileSync(${JSON.stringify(join(home, 'seen.json'))}, JSON.stringify(process.env))`
    await expect(openDatabase({ workerPath: script('worker.cjs', tell), home })).rejects.toThrow('has ended')
    expectStripped(JSON.parse(readFileSync(join(home, 'seen.json'), 'utf8')))
  })
})
