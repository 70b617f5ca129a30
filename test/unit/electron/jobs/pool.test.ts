import { beforeEach, describe, expect, it } from 'vitest'
import type { JobProgress } from '#electron/jobs/jobs'
import { createJobs } from '#electron/jobs/pool'
import type { ProcessChannel } from '#electron/platform/channel'

/** A job process that only ever does what the test says. */
interface Puppet extends ProcessChannel {
  posted: { kind: string; id: number; name: string; input: unknown }[]
  killed: boolean
  say(notice: unknown): void
  finish(value: unknown): void
  die(): void
}

function makePuppet(): Puppet {
  const onMessage: ((message: unknown) => void)[] = []
  const onExit: (() => void)[] = []
  const puppet: Puppet = {
    posted: [],
    killed: false,
    post: (message) => void puppet.posted.push(message as Puppet['posted'][number]),
    onMessage: (listener) => void onMessage.push(listener),
    onExit: (listener) => void onExit.push(listener),
    kill() {
      puppet.killed = true
    },
    say(notice) {
      for (const listener of onMessage) listener(notice)
    },
    finish: (value) => puppet.say({ kind: 'done', id: puppet.posted.at(-1)?.id, value }),
    die() {
      for (const listener of onExit) listener()
    },
  }
  return puppet
}

function stage() {
  const puppets: Puppet[] = []
  const jobs = createJobs(() => {
    const puppet = makePuppet()
    puppets.push(puppet)
    return puppet
  })
  const puppet = (index: number): Puppet => {
    const found = puppets[index]
    if (found === undefined) throw new Error(`no process ${index}`)
    return found
  }
  return { jobs, puppets, puppet }
}

const input = { algorithm: 'p-256' } as const
const made = { pkcs8: Uint8Array.of(1), spki: Uint8Array.of(2) }

describe('jobs', () => {
  it('are sent to a process and answered, and the process stays for the next', async () => {
    const { jobs, puppets, puppet } = stage()
    const first = jobs.run('generate-key', input)
    expect(puppet(0).posted).toEqual([{ kind: 'call', id: 1, name: 'generate-key', input }])
    puppet(0).finish(made)
    expect(await first).toEqual(made)
    const second = jobs.run('generate-key', input)
    puppet(0).finish(made)
    await second
    expect(puppets).toHaveLength(1)
  })

  it('run two at a time; a third waits for its turn, and one process stays', async () => {
    const { jobs, puppets, puppet } = stage()
    const running = [1, 2, 3].map(() => jobs.run('generate-key', input))
    expect(puppets.map(({ posted }) => posted.length)).toEqual([1, 1])
    puppet(1).finish(made)
    await running[1]
    expect(puppet(1).posted).toHaveLength(2)
    puppet(1).finish(made)
    await running[2]
    expect(puppet(1).killed).toBe(true)
    puppet(0).finish(made)
    await Promise.all(running)
    expect(puppet(0).killed).toBe(false)
  })

  it('end their process with them where they ask for it, and what waits gets a new one', async () => {
    const { jobs, puppets, puppet } = stage()
    const last = jobs.run('generate-key', input, { endsProcess: true })
    const others = [1, 2].map(() => jobs.run('generate-key', input))
    puppet(0).finish(made)
    await last
    expect(puppet(0).killed).toBe(true)
    expect(puppets.map(({ posted }) => posted.length)).toEqual([1, 1, 1])
    for (const index of [1, 2]) puppet(index).finish(made)
    expect(await Promise.all(others)).toEqual([made, made])
  })

  it('tell how far they are', async () => {
    const { jobs, puppet } = stage()
    const told: JobProgress[] = []
    const job = jobs.run('generate-key', input, { onProgress: (progress) => void told.push(progress) })
    puppet(0).say({ kind: 'progress', id: 1, fraction: 0.5, phase: 'Half' })
    puppet(0).say({ kind: 'progress', id: 99, fraction: 1, phase: 'Another job’s' })
    puppet(0).finish(made)
    await job
    expect(told).toEqual([{ fraction: 0.5, phase: 'Half' }])
  })

  it('fail with the same foreseen error, or loudly', async () => {
    const { jobs, puppet } = stage()
    const foreseen = jobs.run('generate-key', input)
    puppet(0).say({ kind: 'failed', id: 1, code: 'wrong-password', detail: 'because', done: 'Half of it.' })
    await expect(foreseen).rejects.toMatchObject({ code: 'wrong-password', detail: 'because', done: 'Half of it.' })
    const bug = jobs.run('generate-key', input)
    puppet(0).say({ kind: 'failed', id: 2, code: null, detail: 'TypeError: x is not a function\n at y', done: null })
    await expect(bug).rejects.toThrow('x is not a function')
    await expect(bug).rejects.not.toMatchObject({ code: expect.anything() })
  })
})

describe('cancelling', () => {
  let ending: AbortController
  beforeEach(() => {
    ending = new AbortController()
  })

  it('returns at once, ends the process and takes no late answer', async () => {
    const { jobs, puppets, puppet } = stage()
    const job = jobs.run('generate-key', input, { signal: ending.signal })
    ending.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(puppet(0).killed).toBe(true)
    puppet(0).finish(made)
    puppet(0).die()
    const next = jobs.run('generate-key', input)
    puppet(1).finish(made)
    await next
    expect(puppets).toHaveLength(2)
  })

  it('before its beginning needs no process', async () => {
    const { jobs, puppets } = stage()
    ending.abort()
    const job = jobs.run('generate-key', input, { signal: ending.signal })
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(puppets).toHaveLength(0)
  })

  it('a job that still waits never starts', async () => {
    const { jobs, puppet } = stage()
    const running = [1, 2].map(() => jobs.run('generate-key', input))
    const waiting = jobs.run('generate-key', input, { signal: ending.signal })
    ending.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    puppet(0).finish(made)
    puppet(1).finish(made)
    await Promise.all(running)
    expect([puppet(0).posted.length, puppet(1).posted.length]).toEqual([1, 1])
  })

  it('what has ended is nothing', async () => {
    const { jobs, puppet } = stage()
    const job = jobs.run('generate-key', input, { signal: ending.signal })
    puppet(0).finish(made)
    await job
    ending.abort()
    expect(puppet(0).killed).toBe(false)
  })
})

describe('a process that dies', () => {
  it('fails its job, and the next job gets another process', async () => {
    const { jobs, puppet } = stage()
    const job = jobs.run('generate-key', input)
    puppet(0).die()
    await expect(job).rejects.toMatchObject({ code: 'internal' })
    const next = jobs.run('generate-key', input)
    puppet(1).finish(made)
    expect(await next).toEqual(made)
  })

  it('makes room for those that wait', async () => {
    const { jobs, puppet } = stage()
    const [first, second, third] = [1, 2, 3].map(() => jobs.run('generate-key', input))
    puppet(0).die()
    await expect(first).rejects.toMatchObject({ code: 'internal' })
    puppet(2).finish(made)
    puppet(1).finish(made)
    expect(await Promise.all([second, third])).toEqual([made, made])
  })
})

describe('closing', () => {
  it('ends every process and everything that waits', async () => {
    const { jobs, puppets } = stage()
    const running = [1, 2, 3].map(() => jobs.run('generate-key', input))
    await jobs.close()
    for (const job of running) await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(puppets.map(({ killed }) => killed)).toEqual([true, true])
  })
})
