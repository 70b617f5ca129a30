import { Worker } from 'node:worker_threads'
import { workerChannel } from '#electron/platform/channel'
import { childEnvironment } from '#electron/platform/environment'
import { type Log, silentLog } from '#electron/platform/log'
import { createCaller } from '#electron/platform/rpc'
import type { Database } from './database'
import { type DatabaseMethods, methods, type Tables } from './repositories'

export interface DatabaseOptions {
  /** The built `database-worker.cjs`. */
  workerPath: string
  home: string
  log?: Log
}

type Call = (name: string, args: unknown[]) => Promise<unknown>

/** A query that takes longer is worth a line in the log: every list is meant to answer within a few milliseconds. */
export const SLOW_MS = 250

/** The database as everyone but the worker sees it. Opening fails with `database-damaged` or `database-too-new`. */
export async function openDatabase({ workerPath, home, log = silentLog }: DatabaseOptions): Promise<Database> {
  const worker = new Worker(workerPath, {
    workerData: { home },
    env: childEnvironment(),
    // Rows live no longer than their answer; more room is only filled up before it is cleared.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  })
  const channel = workerChannel(worker)
  const { call } = createCaller<DatabaseMethods>(channel, {
    ended: () => new Error('The database worker has ended.'),
    slow: { ms: SLOW_MS, tell: (step, milliseconds) => log.warn('slow-query', { step, milliseconds }) },
  })
  const end = async () => channel.kill()
  try {
    await call('open', [])
  } catch (error) {
    await end()
    throw error
  }
  return databaseOver(call, end)
}

/** Methods by name over any transport; the names' types guarantee that the result is a `Database`. */
export function databaseOver(call: Call, end: () => Promise<void>): Database {
  const tables = Object.fromEntries(
    Object.entries(methods).map(([table, names]) => [
      table,
      Object.fromEntries(names.map((method) => [method, (...args: unknown[]) => call(`${table}.${method}`, args)])),
    ]),
  ) as unknown as Tables // Built from the very list that `Repositories` is checked against.
  return {
    ...tables,
    async tryLock() {
      if ((await call('lock.take', [])) !== true) return null
      let isHeld = true
      return async () => {
        // A second release must not take the lock from whoever holds it by then.
        if (!isHeld) return
        isHeld = false
        await call('lock.release', [])
      }
    },
    async close() {
      await call('close', [])
      await end()
    },
  }
}
