import { throwIfCancelled } from '#electron/platform/cancelled'
import type { ProcessChannel } from '#electron/platform/channel'
import { type Caller, createCaller } from '#electron/platform/rpc'
import { AppError } from '#shared/errors'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from './jobs'
import type { JobTable } from './table'

/** A job whose result is awaited; `helper` is null until a process is free. */
interface Task {
  start(helper: Helper): Promise<void>
  cancel(): void
  helper: Helper | null
}

/** One process with at most one job. */
interface Helper {
  channel: ProcessChannel
  caller: Caller<JobTable>
  task: Task | null
}

/** One for long work, one for what must not wait behind it. */
const MAX_HELPERS = 2

/**
 * Jobs in processes made by `spawn`: at most two, of which one stays warm for the next job. Cancelling ends the process:
 * nothing else stops a native call.
 */
export function createJobs(spawn: () => ProcessChannel): Jobs {
  const helpers = new Set<Helper>()
  const waiting: Task[] = []

  function run<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    { signal, onProgress, endsProcess = false }: JobOptions = {},
  ): Promise<JobOutput<Name>> {
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal)
      const cancel = () => {
        abandon(task)
        reject(new AppError('cancelled'))
      }
      const task: Task = {
        helper: null,
        cancel,
        async start(helper) {
          try {
            const value = await helper.caller.call(name, input, { onProgress })
            if (endsProcess) end(helper)
            release(helper, task)
            resolve(value)
          } catch (error) {
            release(helper, task)
            reject(error)
          } finally {
            signal?.removeEventListener('abort', cancel)
          }
        },
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
      void task.start(helper)
    }
  }

  function idleHelper(): Helper | null {
    if (waiting.length === 0) return null
    for (const helper of helpers) if (helper.task === null) return helper
    return helpers.size < MAX_HELPERS ? newHelper() : null
  }

  function newHelper(): Helper {
    const channel = spawn()
    const caller = createCaller<JobTable>(channel, {
      ended: () => new AppError('internal', 'The job process ended unexpectedly.'),
    })
    const helper: Helper = { channel, caller, task: null }
    helpers.add(helper)
    channel.onExit(() => {
      helpers.delete(helper)
      helper.task = null
      assign()
    })
    return helper
  }

  /** Its process takes the next job, or ends where another is idle already. */
  function release(helper: Helper, task: Task): void {
    if (helper.task === task) helper.task = null
    assign()
    if (helpers.has(helper) && helper.task === null && helpers.size > 1) end(helper)
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
      for (const task of left) task.cancel()
    },
  }
}
