import { AppError, errorCodes } from '#shared/errors'
import type { JobId } from '#shared/model/ids'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from './jobs'
import { Notice } from './protocol'

/** A job process as this side sees it. */
export interface JobChannel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  kill(): void
}

interface Running {
  resolve(value: unknown): void
  reject(error: Error): void
  onProgress: JobOptions['onProgress']
}

/** One process with at most one job; kept warm for the next. */
interface Helper {
  channel: JobChannel
  busy: Running | null
}

/** Jobs in processes made by `spawn`. Cancelling ends the process: nothing else stops a native call. */
export function createJobs(spawn: () => JobChannel): Jobs {
  const helpers = new Set<Helper>()
  const cancels = new Map<JobId, () => void>()
  let last = 0

  function helper(): Helper {
    for (const idle of helpers) if (idle.busy === null) return idle
    const made: Helper = { channel: spawn(), busy: null }
    helpers.add(made)
    made.channel.onMessage((message) => receive(made, Notice.parse(message)))
    made.channel.onExit(() => {
      helpers.delete(made)
      made.busy?.reject(new Error('The job process ended unexpectedly.'))
      made.busy = null
    })
    return made
  }

  function receive(from: Helper, notice: Notice): void {
    const running = from.busy
    if (running === null) return
    if (notice.kind === 'progress') {
      running.onProgress?.({ fraction: notice.fraction, phase: notice.phase })
      return
    }
    from.busy = null
    if (notice.kind === 'done') running.resolve(notice.value)
    else running.reject(toError(notice.code, notice.detail))
  }

  function run<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    options: JobOptions = {},
  ): Promise<JobOutput<Name>> {
    return new Promise((resolve, reject) => {
      if (options.signal?.aborted === true) throw new AppError('cancelled')
      const { id } = options
      const chosen = helper()
      const settle = () => {
        if (id !== undefined) cancels.delete(id)
        options.signal?.removeEventListener('abort', cancel)
      }
      const cancel = () => {
        settle()
        end(chosen)
        reject(new AppError('cancelled'))
      }
      chosen.busy = {
        // The table's types are the same program's on both ends of the channel.
        resolve(value) {
          settle()
          resolve(value as JobOutput<Name>)
        },
        reject(error) {
          settle()
          reject(error)
        },
        onProgress: options.onProgress,
      }
      if (id !== undefined) cancels.set(id, cancel)
      options.signal?.addEventListener('abort', cancel, { once: true })
      last += 1
      chosen.channel.post({ id: last, name, input })
    })
  }

  function end(chosen: Helper): void {
    helpers.delete(chosen)
    chosen.busy = null
    chosen.channel.kill()
  }

  return {
    run,
    cancel: (id) => cancels.get(id)?.(),
    async close() {
      for (const each of helpers) end(each)
    },
  }
}

function toError(code: string | null, detail: string | null): Error {
  const known = errorCodes.find((candidate) => candidate === code)
  return known === undefined ? new Error(detail ?? 'A job failed.') : new AppError(known, detail)
}
