import { Worker } from 'node:worker_threads'
import { AppError, errorCodes } from '#shared/errors'
import type { Database } from './database'
import { Response } from './protocol'
import { methods, type Tables } from './repositories'

export interface DatabaseOptions {
  /** The built `database-worker.cjs`. */
  workerPath: string
  home: string
}

type Call = (table: string, method: string, args: unknown[]) => Promise<unknown>

/** The database as everyone but the worker sees it. Opening fails with `database-damaged` or `database-too-new`. */
export async function openDatabase({ workerPath, home }: DatabaseOptions): Promise<Database> {
  const { call, end } = connect(new Worker(workerPath, { workerData: { home } }))
  try {
    await call('control', 'open', [])
  } catch (error) {
    await end()
    throw error
  }
  return databaseOver(call, end)
}

/** Methods by name over any transport; the names' types guarantee that the result is a `Database`. */
export function databaseOver(call: Call, end: () => Promise<unknown>): Database {
  const tables = Object.fromEntries(
    Object.entries(methods).map(([table, names]) => [
      table,
      Object.fromEntries(names.map((method) => [method, (...args: unknown[]) => call(table, method, args)])),
    ]),
  ) as unknown as Tables // Built from the very list that `Repositories` is checked against.
  return {
    ...tables,
    async tryLock() {
      if ((await call('control', 'take', [])) !== true) return null
      let isHeld = true
      return async () => {
        // A second release must not take the lock from whoever holds it by then.
        if (!isHeld) return
        isHeld = false
        await call('control', 'release', [])
      }
    },
    async close() {
      await call('control', 'close', [])
      await end()
    },
  }
}

function connect(worker: Worker): { call: Call; end: () => Promise<unknown> } {
  let ended: Error | null = null
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0
  worker.on('message', (message: unknown) => {
    const response = Response.parse(message)
    const caller = waiting.get(response.id)
    waiting.delete(response.id)
    if (response.ok) caller?.resolve(response.value)
    else caller?.reject(toError(response.error))
  })
  /** A dead worker answers nobody: neither those who wait nor those who come later. */
  const fail = (error: Error) => {
    ended ??= error
    for (const caller of waiting.values()) caller.reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The database worker has ended.')))
  const call: Call = (table, method, args) =>
    new Promise((resolve, reject) => {
      if (ended !== null) throw ended
      last += 1
      waiting.set(last, { resolve, reject })
      worker.postMessage({ id: last, table, method, args })
    })
  return { call, end: () => worker.terminate() }
}

function toError({ code, detail }: { code: string | null; detail: string | null }): Error {
  const known = errorCodes.find((candidate) => candidate === code)
  return known === undefined ? new Error(detail ?? 'The database failed.') : new AppError(known, detail)
}
