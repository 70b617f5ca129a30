import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { type LaunchOptions, launchApp, orKilled, type RunningApp, untilKilled } from '../support/app'
import { assertConsistent, type Computer, copyOf, discard, newComputer, seededRandom } from '../support/crash'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isSoak } from '../support/rounds'

/**
 * The window's process killed while it makes a request, files a certificate or installs it. The next start puts things in
 * order by itself; nothing that the window had confirmed is lost.
 */
const seed = Number(process.env['LATCHKEY_SEED'] ?? 20261123)
const perVerb = isSoak ? 100 : 2
const named = ['install:store-done']

let walk: Walkthrough
let requested: Computer
let issued: string

const launch = (computer: Computer, options: Pick<LaunchOptions, 'environment' | 'until'> = {}) =>
  launchApp({
    ...options,
    home: computer.home,
    environment: { LATCHKEY_HOME: computer.latchkey, XDG_RUNTIME_DIR: computer.runtime, ...options.environment },
  })

test.beforeAll(async () => {
  walk = await walkThrough()
  requested = newComputer()
  const running = await launch(requested)
  const csr = await act(running.page, 'request')
  issued = (await walk.issue(csr)) + walk.intermediatePem
  await running.close()
})
test.afterAll(async () => {
  await walk.remove()
  discard(requested)
})

type Verb = 'request' | 'import' | 'install'

/** Through the window's own bridge, exactly as the screens call it. Resolves when the window was told that it is done. */
function act(page: Page, verb: Verb): Promise<string> {
  return page.evaluate(
    async ([name, pem]) => {
      const bridge: unknown = Reflect.get(globalThis, 'latchkey')
      const call = async (channel: string, input?: unknown) => {
        const handler: unknown = typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, channel) : null
        if (typeof handler !== 'function') throw new Error(`No channel ${channel}`)
        const reply = await handler(input)
        if (reply.ok !== true) throw new Error(JSON.stringify(reply.error))
        return reply.value
      }
      if (name === 'request') {
        const draft = { subject: { commonName: 'Ada' }, algorithm: 'p-256' }
        const { id } = await call('identities.request', { draft, job: crypto.randomUUID() })
        return (await call('identities.detail', { identity: id })).requestPem
      }
      const source = { kind: 'bytes', name: 'client.pem', bytes: new TextEncoder().encode(pem) }
      const job = crypto.randomUUID()
      await call('identities.import', { sources: [source], password: null, staged: null, job })
      if (name === 'import') return 'imported'
      const { rows } = await call('identities.list', {})
      const [store] = await call('installs.stores')
      await call('installs.install', { identity: rows[0].id, store: store.id, trust: 'certificate' })
      return 'installed'
    },
    [verb, issued] as const,
  )
}

/** A window that was killed in the middle answers no more; any other error is a fault of what was asked. */
/** Kills after a while; says whether the window had been told that the action was done. */
async function killWhile(running: RunningApp, verb: Verb, killAfter: number): Promise<boolean> {
  const done = act(running.page, verb).then(() => true, orKilled)
  await new Promise((resolve) => setTimeout(resolve, killAfter))
  const confirmed = await Promise.race([done, Promise.resolve(false)])
  await running.kill()
  return confirmed
}

async function putInOrder(computer: Computer): Promise<{ names: string[]; installed: number }> {
  const running = await launch(computer, { until: 'answered' })
  await running.close()
  return assertConsistent(computer)
}

for (const verb of ['request', 'import', 'install'] as const) {
  test(`killed at ${perVerb} random moments of “${verb}” (LATCHKEY_SEED=${seed})`, async () => {
    // Otherwise the limit of every test, which is there for what never ends: a busy machine takes a minute for one start.
    if (isSoak) test.setTimeout(perVerb * 75_000)
    const random = seededRandom(seed + verb.length)
    for (let round = 0; round < perVerb; round += 1) {
      const computer = verb === 'request' ? newComputer() : copyOf(requested)
      // From the first moment on, so that the start itself is hit as well.
      const confirmed = await killWhile(await launch(computer, { until: 'listening' }), verb, random() * 600)
      const { names, installed } = await putInOrder(computer)
      if (verb !== 'request' || confirmed) expect(names).toContain('Ada')
      if (verb === 'install' && confirmed) expect(installed).toBe(1)
      discard(computer)
    }
  })
}

for (const failPoint of named) {
  test(`killed at ${failPoint}`, async () => {
    const computer = copyOf(requested)
    const running = await launch(computer, { environment: { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: failPoint } })
    await untilKilled(running, () => act(running.page, 'install'))
    expect(await putInOrder(computer)).toEqual({ names: ['Ada'], installed: 0 })
    expect(readFileSync(`${computer.latchkey}/latchkey.log`, 'utf8')).toContain('operation-recovered')
    discard(computer)
  })
}
