import { throwIfCancelled } from '#electron/platform/cancelled'
import type { ProcessChannel } from '#electron/platform/process-channel'
import { AppError, errorCodes } from '#shared/errors'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from './jobs'
import { Notice } from './protocol'

/** A job that somebody waits for; `helper` is null until a process is free. */
interface Task {
  number: number
  name: JobName
  input: unknown
  resolve(value: unknown): void
  reject(error: Error): void
  onProgress: JobOptions['onProgress']
  helper: Helper | null
}

/** One process with at most one job. */
interface Helper {
  channel: ProcessChannel
  task: Task | null
}

/** One for the work at hand, one for what must not wait behind it. */
const mostHelpers = 2

/**
 * Jobs in processes made by `spawn`: at most two, of which one stays warm for the next job. Cancelling ends the process:
 * nothing else stops a native call.
 */
export function createJobs(spawn: () => ProcessChannel): Jobs {
  const helpers = new Set<Helper>()
  const waiting: Task[] = []
  let last = 0

  function run<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    { signal, onProgress }: JobOptions = {},
  ): Promise<JobOutput<Name>> {
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal)
      const cancel = () => {
        abandon(task)
        task.reject(new AppError('cancelled'))
      }
      const settle = () => signal?.removeEventListener('abort', cancel)
      last += 1
      const task: Task = {
        number: last,
        name,
        input,
        // The table's types are the same program's on both ends of the channel.
        resolve(value) {
          settle()
          resolve(value as JobOutput<Name>)
        },
        reject(error) {
          settle()
          reject(error)
        },
        onProgress,
        helper: null,
      }
      signal?.addEventListener('abort', cancel, { once: true })
      waiting.push(task)
      assign()
    })
  }

  /** Gives waiting tasks to idle processes, oldest first. */
  function assign(): void {
    for (let helper = idleHelper(); helper !== null; helper = idleHelper()) {
      const task = waiting.shift()
      if (task === undefined) return
      task.helper = helper
      helper.task = task
      helper.channel.post({ id: task.number, name: task.name, input: task.input })
    }
  }

  function idleHelper(): Helper | null {
    if (waiting.length === 0) return null
    for (const helper of helpers) if (helper.task === null) return helper
    return helpers.size < mostHelpers ? newHelper() : null
  }

  function newHelper(): Helper {
    const helper: Helper = { channel: spawn(), task: null }
    helpers.add(helper)
    helper.channel.onMessage((message) => receive(helper, Notice.parse(message)))
    helper.channel.onExit(() => {
      helpers.delete(helper)
      helper.task?.reject(new AppError('internal', 'The job process ended unexpectedly.'))
      helper.task = null
      assign()
    })
    return helper
  }

  function receive(helper: Helper, notice: Notice): void {
    const { task } = helper
    if (task === null || task.number !== notice.id) return
    if (notice.kind === 'progress') {
      task.onProgress?.({ fraction: notice.fraction, phase: notice.phase })
      return
    }
    helper.task = null
    if (notice.kind === 'done') task.resolve(notice.value)
    else task.reject(toError(notice.code, notice.detail))
    assign()
    if (helper.task === null && helpers.size > 1) end(helper)
  }

  function abandon(task: Task): void {
    const place = waiting.indexOf(task)
    if (place !== -1) waiting.splice(place, 1)
    if (task.helper?.task === task) end(task.helper)
    assign()
  }

  function end(helper: Helper): void {
    helpers.delete(helper)
    helper.task = null
    helper.channel.kill()
  }

  return {
    run,
    async close() {
      const left = [...waiting.splice(0), ...[...helpers].flatMap(({ task }) => (task === null ? [] : [task]))]
      for (const helper of helpers) end(helper)
      for (const task of left) task.reject(new AppError('cancelled'))
    },
  }
}

function toError(code: string | null, detail: string | null): Error {
  const known = errorCodes.find((candidate) => candidate === code)
  return known === undefined ? new Error(detail ?? 'A job failed.') : new AppError(known, detail)
}
