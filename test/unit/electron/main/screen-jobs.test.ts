import { describe, expect, it } from 'vitest'
import { createScreenJobs } from '#electron/main/ipc/screen-jobs'
import { systemRandom } from '#electron/platform/random'
import type { AppEvent } from '#shared/ipc/events'
import { JobId } from '#shared/model/ids'

const name = () => JobId.parse(systemRandom.uuid())

function stage() {
  const sent: AppEvent[] = []
  return { sent, jobs: createScreenJobs((event) => void sent.push(event)) }
}

/** Work that only ends by being called off. */
const endless = ({ signal }: { signal: AbortSignal }) =>
  new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('ended')))

describe('work of a screen', () => {
  it('can be called off from the moment it was asked for', async () => {
    const { jobs } = stage()
    const job = name()
    const working = jobs.run(job, endless)
    jobs.cancel(job)
    expect(await working).toBe('ended')
  })

  it('is told apart by its name', async () => {
    const { jobs } = stage()
    const [one, other] = [name(), name()]
    const signals: AbortSignal[] = []
    const working = [one, other].map((job) =>
      jobs.run(job, (options) => {
        signals.push(options.signal)
        return endless(options)
      }),
    )
    jobs.cancel(other)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
    jobs.cancel(one)
    await Promise.all(working)
  })

  it('says how far it is by its name', async () => {
    const { jobs, sent } = stage()
    const job = name()
    await jobs.run(job, async ({ onProgress }) => onProgress({ fraction: 0.5, phase: 'Signing' }))
    expect(sent).toEqual([{ type: 'progress', job, fraction: 0.5, phase: 'Signing' }])
  })

  it('that has ended, well or badly, or never was, is nothing to call off', async () => {
    const { jobs } = stage()
    const job = name()
    let ended: AbortSignal | null = null
    const failing = jobs.run(job, async ({ signal }) => {
      ended = signal
      throw new Error('broken')
    })
    await expect(failing).rejects.toThrow('broken')
    jobs.cancel(job)
    jobs.cancel(name())
    expect(ended).toMatchObject({ aborted: false })
  })
})
