import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProcessChannel } from '#electron/platform/channel'
import { serveMethods } from '#electron/platform/rpc'
import { createRemoteKeyring } from '#electron/vault/remote-keyring'
import { type Bundle, bundle } from '../../../support/bundle'
import { memoryKeyring } from '../../../support/keyring'
import { start } from '../../../support/processes'

describe('a keyring in a process of its own', () => {
  /** The other process, played by a keyring in memory. */
  function process() {
    const { keyring } = memoryKeyring()
    let hear: (message: unknown) => void = () => {}
    let ask: (message: unknown) => void = () => {}
    const exits: (() => void)[] = []
    let asked = 0
    serveMethods(
      {
        post: (message) => hear(message),
        onMessage(listener) {
          ask = listener
        },
      },
      {
        get: (account: string) => (account === 'never' ? new Promise(() => {}) : keyring.get(account)),
        set: ({ account, value }: { account: string; value: string }) => keyring.set(account, value),
        delete: (account: string) => keyring.delete(account),
      },
    )
    const channel: ProcessChannel = {
      post(message) {
        asked += 1
        ask(message)
      },
      onMessage: (listener) => {
        hear = listener
      },
      onExit: (listener) => void exits.push(listener),
      kill() {
        for (const tell of exits) tell()
      },
    }
    return { channel, asked: () => asked }
  }

  it('keeps, gives back and deletes', async () => {
    const { channel, asked } = process()
    const keyring = createRemoteKeyring(() => channel)
    expect(await keyring.get('a')).toEqual({ kind: 'answer', value: null })
    expect(await keyring.set('a', 'one')).toEqual({ kind: 'answer', value: true })
    expect(await keyring.get('a')).toEqual({ kind: 'answer', value: 'one' })
    expect(await keyring.delete('a')).toEqual({ kind: 'answer', value: true })
    expect(asked()).toBe(4)
  })

  it('is unavailable to whoever still waits when its process ends, and starts another for the next', async () => {
    const spawned: number[] = []
    const keyring = createRemoteKeyring(() => {
      spawned.push(1)
      return process().channel
    })
    const unanswered = keyring.get('never')
    keyring.end()
    expect(await unanswered).toMatchObject({ kind: 'unavailable' })
    expect(await keyring.get('a')).toEqual({ kind: 'answer', value: null })
    expect(spawned).toHaveLength(2)
  })

  it('that was never asked has no process to end', () => {
    createRemoteKeyring(() => {
      throw new Error('not needed')
    }).end()
  })
})

describe('a program in the terminal', () => {
  let silent: Bundle
  let asking: Bundle
  beforeAll(async () => {
    silent = await bundle('test/support/silent-process.ts')
    asking = await bundle('test/support/asking-process.ts')
  })
  afterAll(() => {
    silent.remove()
    asking.remove()
  })

  it('ends although the keyring never answered', async () => {
    const program = start(asking.path, [silent.path])
    expect(await program.line()).toBe('unavailable')
    expect(await program.ended).toEqual({ code: 0, signal: null })
  })
})
