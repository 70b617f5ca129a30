import { describe, expect, it } from 'vitest'
import { parentChannel } from '#electron/platform/channel'

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
