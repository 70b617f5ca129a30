import { describe, expect, it, vi } from 'vitest'
import type { ProcessChannel } from '#electron/platform/channel'
import { type CallContext, type CallerOptions, createCaller, type Progress, serveMethods } from '#electron/platform/rpc'
import { AppError } from '#shared/errors'

/** Both ends in one process, every message a structured clone as between two. */
function joined() {
  let toServer: (message: unknown) => void = () => {}
  let toCaller: (message: unknown) => void = () => {}
  const exits: ((reason?: Error) => void)[] = []
  const sent: unknown[] = []
  const caller: ProcessChannel = {
    post(message) {
      sent.push(message)
      toServer(structuredClone(message))
    },
    onMessage(listener) {
      toCaller = listener
    },
    onExit: (listener) => void exits.push(listener),
    kill: () => {},
  }
  const server = {
    post: (message: unknown) => toCaller(structuredClone(message)),
    onMessage(listener: (message: unknown) => void) {
      toServer = listener
    },
  }
  const end = (reason?: Error) => {
    for (const tell of exits) tell(reason)
  }
  return { caller, server, sent, end }
}

interface Methods {
  double(bytes: Uint8Array): Promise<Uint8Array>
  refuse(detail: string): Promise<never>
  stumble(): Promise<never>
  count(to: number, context: CallContext): Promise<number>
  wait(name: string, context: CallContext): Promise<string>
}

function stage(options: Partial<CallerOptions> = {}) {
  const { caller: channel, server, sent, end } = joined()
  const aborted: string[] = []
  const finish = new Map<string, (value: string) => void>()
  const methods: Methods = {
    double: async (bytes) => bytes.map((octet) => octet * 2),
    refuse: async (detail) => {
      throw new AppError('wrong-password', detail)
    },
    stumble: async () => {
      throw new TypeError('x is not a function')
    },
    async count(to, { report }) {
      for (let at = 1; at <= to; at += 1) report({ fraction: at / to, phase: `${at}` })
      return to
    },
    wait: (name, { signal }) =>
      new Promise((resolve) => {
        finish.set(name, resolve)
        signal.addEventListener('abort', () => aborted.push(name))
      }),
  }
  serveMethods(server, { ...methods })
  const caller = createCaller<Methods>(channel, { ended: () => new Error('It has ended.'), ...options })
  return { caller, channel, sent, end, aborted, finish: (name: string, value: string) => finish.get(name)?.(value) }
}

describe('a call', () => {
  it('comes back with what the method returned, bytes as bytes', async () => {
    expect(await stage().caller.call('double', Uint8Array.of(1, 2))).toEqual(Uint8Array.of(2, 4))
  })

  it('fails with the same foreseen error', async () => {
    const refused = stage().caller.call('refuse', 'because')
    await expect(refused).rejects.toMatchObject({ name: 'AppError', code: 'wrong-password', detail: 'because' })
  })

  it('fails as a bug where the method did, with the place', async () => {
    const stumbled = stage().caller.call('stumble', undefined)
    await expect(stumbled).rejects.toThrow(/TypeError: x is not a function[\s\S]*rpc\.test/u)
    await expect(stumbled).rejects.not.toMatchObject({ code: expect.anything() })
  })

  it('reports its progress', async () => {
    const seen: Progress[] = []
    await stage().caller.call('count', 2, { onProgress: (progress) => void seen.push(progress) })
    expect(seen).toEqual([
      { fraction: 0.5, phase: '1' },
      { fraction: 1, phase: '2' },
    ])
  })

  it.each(['nowhere', 'toString', '__proto__', 'constructor'])(
    'to %s reaches nothing that is not in the table',
    async (name) => {
      const { channel } = stage()
      const loose = createCaller<Record<string, (input: unknown) => unknown>>(channel, { ended: () => new Error() })
      await expect(loose.call(name, null)).rejects.toThrow(`There is no method ${name}.`)
    },
  )

  it('is answered in any order', async () => {
    const { caller, finish } = stage()
    const [first, second] = [caller.call('wait', 'a'), caller.call('wait', 'b')]
    await caller.call('double', Uint8Array.of())
    finish('b', 'late')
    expect(await second).toBe('late')
    finish('a', 'early')
    expect(await first).toBe('early')
  })
})

describe('giving up', () => {
  it('on a cancelled call returns at once, tells the method, and takes no late answer', async () => {
    const { caller, aborted, finish } = stage()
    const ending = new AbortController()
    const waiting = caller.call('wait', 'a', { signal: ending.signal })
    await caller.call('double', Uint8Array.of())
    ending.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(aborted).toEqual(['a'])
    finish('a', 'late')
    expect(await caller.call('double', Uint8Array.of(1))).toEqual(Uint8Array.of(2))
  })

  it('before the call sends nothing', async () => {
    const { caller, sent } = stage()
    await expect(caller.call('wait', 'a', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(sent).toEqual([])
  })

  it('after its time limit says who did not answer', async () => {
    const { caller, aborted } = stage()
    const waiting = caller.call('wait', 'a', { limitMs: 1 })
    await expect(waiting).rejects.toMatchObject({ code: 'busy', detail: 'wait did not answer within 1 ms.' })
    expect(aborted).toEqual(['a'])
  })
})

describe('the other side', () => {
  it('that ends fails those who wait and those who come later', async () => {
    const { caller, end } = stage()
    const waiting = caller.call('wait', 'a')
    end()
    await expect(waiting).rejects.toThrow('It has ended.')
    await expect(caller.call('double', Uint8Array.of())).rejects.toThrow('It has ended.')
  })

  it('that ends for a reason says so', async () => {
    const { caller, end } = stage()
    const waiting = caller.call('wait', 'a')
    end(new Error('out of memory'))
    await expect(waiting).rejects.toThrow('out of memory')
  })

  it('that could not make its table answers every call with that error', async () => {
    const { caller: channel, server } = joined()
    serveMethods(server, Promise.reject(new AppError('database-too-new', 'schema 9')))
    const caller = createCaller<Methods>(channel, { ended: () => new Error() })
    await expect(caller.call('count', 1)).rejects.toMatchObject({ code: 'database-too-new', detail: 'schema 9' })
    await expect(caller.call('count', 1)).rejects.toMatchObject({ code: 'database-too-new' })
  })
})

it('a slow call is told by its name, a quick one is not', async () => {
  const slow: string[] = []
  const { caller, finish } = stage({ slow: { ms: 50, tell: (name) => void slow.push(name) } })
  vi.spyOn(performance, 'now')
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(49)
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(51)
  await caller.call('double', Uint8Array.of())
  const waiting = caller.call('wait', 'a')
  await Promise.resolve()
  finish('a', 'done')
  await waiting
  expect(slow).toEqual(['wait'])
  vi.restoreAllMocks()
})
