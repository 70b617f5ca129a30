import { z } from 'zod'
import { AppError, errorCodes, isAppError } from '#shared/errors'
import type { MessageChannelEnd, ProcessChannel } from './channel'

/**
 * Calls between our own processes and workers: one protocol for the database's worker, the job processes and the process
 * that talks to the keyring. Both ends are one program, so the types of the method table hold on both; the messages around
 * them are parsed.
 */
export interface Progress {
  fraction: number | null
  phase: string
}

export interface CallContext {
  report(progress: Progress): void
  /** Aborted when the caller no longer waits. */
  signal: AbortSignal
}

/** Name → what it does. One input each; several values travel as one object or list. */
export interface MethodTable {
  [name: string]: (input: never, context: CallContext) => unknown
}

type Callable<Table> = { [Name in keyof Table]: (...args: never[]) => unknown }
export type InputOf<Table extends Callable<Table>, Name extends keyof Table> = Parameters<Table[Name]>[0]
export type OutputOf<Table extends Callable<Table>, Name extends keyof Table> = Awaited<ReturnType<Table[Name]>>

interface CallOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: Progress) => void) | undefined
  /** Rejects with `busy` after this many milliseconds and asks the other side to stop. */
  limitMs?: number | undefined
}

export interface Caller<Table extends Callable<Table>> {
  call<Name extends keyof Table & string>(
    name: Name,
    input: InputOf<Table, Name>,
    options?: CallOptions,
  ): Promise<OutputOf<Table, Name>>
}

export interface CallerOptions {
  /** The error for a caller when the other side ends before it has answered, or has already ended. */
  ended(): Error
  /** Told of every call that took longer than `ms`, once it is over. */
  slow?: { ms: number; tell(name: string, milliseconds: number): void } | undefined
}

const ToServer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: z.number().int() }),
])
type ToServer = z.infer<typeof ToServer>

const ToCaller = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id: z.number().int(), fraction: z.number().nullable(), phase: z.string() }),
  z.object({ kind: z.literal('done'), id: z.number().int(), value: z.unknown() }),
  z.object({
    kind: z.literal('failed'),
    id: z.number().int(),
    /** Null for a bug, which is rethrown as one on the other side. */
    code: z.enum(errorCodes).nullable(),
    detail: z.string().nullable(),
    done: z.string().nullable(),
  }),
])
type ToCaller = z.infer<typeof ToCaller>

interface PendingCall {
  resolve(value: unknown): void
  reject(error: Error): void
  onProgress: CallOptions['onProgress']
}

/** The asking end. Answers may come in any order; a call that was cancelled takes no late answer. */
export function createCaller<Table extends Callable<Table>>(
  channel: ProcessChannel,
  { ended, slow }: CallerOptions,
): Caller<Table> {
  const waiting = new Map<number, PendingCall>()
  let last = 0
  let end: Error | null = null

  channel.onMessage((message) => {
    const answer = ToCaller.parse(message)
    const caller = waiting.get(answer.id)
    if (caller === undefined) return
    switch (answer.kind) {
      case 'progress':
        return caller.onProgress?.({ fraction: answer.fraction, phase: answer.phase })
      case 'done':
        return caller.resolve(answer.value)
      case 'failed':
        return caller.reject(errorFrom(answer))
    }
  })
  channel.onExit((reason) => {
    end ??= reason ?? ended()
    for (const caller of [...waiting.values()]) caller.reject(end)
  })

  function call(name: string, input: unknown, { signal, onProgress, limitMs }: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (end !== null) throw end
      if (signal?.aborted === true) throw new AppError('cancelled')
      last += 1
      const id = last
      const started = performance.now()
      const giveUp = (error: Error) => {
        channel.post({ kind: 'cancel', id } satisfies ToServer)
        settle(() => reject(error))
      }
      const cancel = () => giveUp(new AppError('cancelled'))
      const timer =
        limitMs === undefined
          ? undefined
          : setTimeout(() => giveUp(new AppError('busy', `${name} did not answer within ${limitMs} ms.`)), limitMs)
      const settle = (tell: () => void) => {
        if (!waiting.delete(id)) return
        clearTimeout(timer)
        signal?.removeEventListener('abort', cancel)
        const milliseconds = performance.now() - started
        if (slow !== undefined && milliseconds > slow.ms) slow.tell(name, Math.round(milliseconds))
        tell()
      }
      waiting.set(id, {
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
        onProgress,
      })
      signal?.addEventListener('abort', cancel, { once: true })
      channel.post({ kind: 'call', id, name, input } satisfies ToServer)
    })
  }

  // Both ends are built from one source, so what comes back is what the table says.
  return { call: call as Caller<Table>['call'] }
}

/** The answering end. Where making the table failed, every call fails with that error. */
export function serveMethods(channel: MessageChannelEnd, table: MethodTable | Promise<MethodTable>): void {
  const running = new Map<number, AbortController>()
  const ready = Promise.resolve(table)
  // Every call rejects with this error. Until the first call, nothing else handles it.
  ready.catch(() => undefined)
  const post = (answer: ToCaller) => channel.post(answer)

  channel.onMessage((message) => {
    const asked = ToServer.parse(message)
    if (asked.kind === 'cancel') return running.get(asked.id)?.abort()
    void answer(asked)
  })

  async function answer({ id, name, input }: Extract<ToServer, { kind: 'call' }>): Promise<void> {
    const cancelled = new AbortController()
    running.set(id, cancelled)
    const context: CallContext = {
      report: ({ fraction, phase }) => post({ kind: 'progress', id, fraction, phase }),
      signal: cancelled.signal,
    }
    try {
      post({ kind: 'done', id, value: await methodNamed(await ready, name)(input, context) })
    } catch (error) {
      post({ kind: 'failed', id, ...describe(error) })
    } finally {
      running.delete(id)
    }
  }
}

function methodNamed(table: MethodTable, name: string): (input: unknown, context: CallContext) => unknown {
  const method: unknown = Object.hasOwn(table, name) ? Reflect.get(table, name) : undefined
  if (typeof method !== 'function') throw new Error(`There is no method ${name}.`)
  return (input, context) => method(input, context)
}

function describe(error: unknown): Described {
  if (isAppError(error)) return { code: error.code, detail: error.detail, done: error.done }
  return { code: null, done: null, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

type Described = Pick<Extract<ToCaller, { kind: 'failed' }>, 'code' | 'detail' | 'done'>

const errorFrom = ({ code, detail, done }: Described): Error =>
  code === null ? new Error(detail ?? 'A call to another process failed.') : new AppError(code, detail, { done })
