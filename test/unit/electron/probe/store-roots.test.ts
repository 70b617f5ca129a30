import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoreRoots } from '#electron/pki/x509/store-roots'
import { systemClock } from '#electron/platform/clock'
import { createDirectProbe } from '#electron/probe/direct'
import type { ProbeIdentity, ProbeInput } from '#electron/probe/probe'
import { systemRoots } from '#electron/probe/roots'
import { createRootsWithStore, withRootStore } from '#electron/probe/store-roots'
import { derOf } from '../../../support/certificates'
import { type Nginx, startNginx } from '../../../support/nginx'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { identityFrom, noKeys, probeInput, testResolver } from '../../../support/probe'

let walk: Walkthrough
let nginx: Nginx
let identity: ProbeIdentity
beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, protocols: ['TLSv1.3'] })
  identity = identityFrom(walk.clientPem, walk.clientKeyPem, walk.intermediatePem)
})
afterAll(async () => {
  await nginx.stop()
  await walk.remove()
})

/** The direct probe on a computer whose store answers so, one answer for each reading. */
function probeWith(...answers: ((signal: AbortSignal) => Promise<StoreRoots>)[]) {
  let now = 0
  let readings = 0
  const clock = { now: () => new Date(systemClock.now().getTime() + now) }
  const store = {
    name: 'the Keychain',
    read: (signal: AbortSignal) =>
      (answers[readings++] ?? answers[answers.length - 1] ?? (async () => unsupported))(signal),
  }
  const stored = createRootsWithStore(systemRoots, store, clock)
  const dependencies = { resolver: testResolver, clock: systemClock, tokenKeys: noKeys, roots: stored.roots }
  const probe = withRootStore(createDirectProbe(dependencies), stored)
  return {
    test: (changes: Partial<ProbeInput> = {}) => probe.test(probeInput(nginx.port, { identity, ...changes })),
    readings: () => readings,
    wait(milliseconds: number) {
      now += milliseconds
    },
  }
}

const unsupported: StoreRoots = { kind: 'unsupported' }
const read =
  (...pems: string[]) =>
  async (): Promise<StoreRoots> => ({ kind: 'read', certificates: pems.map(derOf) })
const inVain = { with: null, without: { attempt: { tls: { trust: 'untrusted', rootOrigin: null } } } }

describe('a server whose root is in the operating system’s store', () => {
  it('is trusted by it, and is then shown the certificate', async () => {
    const { test, readings } = probeWith(read(nginx.rootPem))
    const seen = await test()
    expect(seen).toMatchObject({
      without: { attempt: { tls: { trust: 'trusted', rootOrigin: 'system' } } },
      with: { attempt: { outcome: { status: 200 }, tls: { sent: 'yes' } } },
      rootsFrom: `${systemRoots().from}, and the Keychain`,
      unreadRoots: null,
    })
    // Known by now: nothing is read and no connection is made twice.
    const before = await nginx.log()
    expect((await test()).with).not.toBeNull()
    const requests = (await nginx.log()).slice(before.length).trim().split('\n')
    expect([readings(), requests.length]).toEqual([1, 2])
  })

  it.each<[string, () => Promise<StoreRoots>, string]>([
    ['cannot be read by this engine', async () => unsupported, 'unsupported'],
    ['could not be read', async () => ({ kind: 'failed' }), 'failed'],
    ['ended with its process', () => Promise.reject(new Error('gone')), 'failed'],
  ])('is not where the store %s, and sees no certificate', async (_what, answer, unreadRoots) => {
    const before = await nginx.log()
    expect(await probeWith(answer).test()).toMatchObject({ ...inVain, unreadRoots, rootsFrom: systemRoots().from })
    expect((await nginx.log()).slice(before.length)).not.toContain('John Doe')
  })

  it('waits for a slow store no longer than the time limit, and uses it in the next test', async () => {
    let answer: (roots: StoreRoots) => void = () => undefined
    const slow = new Promise<StoreRoots>((resolve) => {
      answer = resolve
    })
    const { test, readings } = probeWith(() => slow)
    const limit = new AbortController()
    const first = test({ signal: limit.signal })
    // The bare attempt ends by itself; only the store is waited for.
    await expect.poll(readings).toBe(1)
    limit.abort()
    expect(await first).toMatchObject({ ...inVain, unreadRoots: 'late' })
    answer(await read(nginx.rootPem)())
    expect((await test()).with).not.toBeNull()
    expect(readings()).toBe(1)
  })

  it('ends a reading that hangs, and reads anew', async () => {
    const ended: string[] = []
    const hanging = (signal: AbortSignal) =>
      new Promise<StoreRoots>((_, reject) => {
        signal.addEventListener('abort', () => {
          ended.push('ended')
          reject(new Error('ended'))
        })
      })
    const { test, readings, wait } = probeWith(hanging, read(nginx.rootPem))
    const limit = new AbortController()
    const first = test({ signal: limit.signal })
    await expect.poll(readings).toBe(1)
    limit.abort()
    expect(await first).toMatchObject({ unreadRoots: 'late' })
    expect(ended).toEqual([])
    wait(120_000)
    expect((await test()).with).not.toBeNull()
    expect([readings(), ended]).toEqual([2, ['ended']])
  })

  it('is found once its root was added, after a while', async () => {
    const { test, readings, wait } = probeWith(read(), read(), read(nginx.rootPem))
    expect(await test()).toMatchObject({ ...inVain, unreadRoots: null })
    expect(await test()).toMatchObject(inVain)
    expect(readings()).toBe(1)
    wait(60_000)
    expect(await test()).toMatchObject(inVain)
    wait(60_000)
    expect((await test()).with).not.toBeNull()
    expect(readings()).toBe(3)
  })
})

it('asks the store nothing where the server is trusted, pinned, or wrong in another way', async () => {
  const { test, readings } = probeWith(read(nginx.rootPem))
  expect((await test({ extraRoots: [nginx.rootPem] })).with).not.toBeNull()
  const { host } = probeInput(nginx.port, { pinnedKey: nginx.serverKeySha256 })
  expect((await test({ host })).without.attempt.tls?.trust).toBe('pinned')
  const other = probeInput(nginx.port, { hostname: 'other.latchkey.localhost' }).host
  expect((await test({ host: other, extraRoots: [nginx.rootPem] })).with).toBeNull()
  expect((await test({ host: probeInput(1).host })).without.attempt.tls).toBeNull()
  expect(readings()).toBe(0)
})
