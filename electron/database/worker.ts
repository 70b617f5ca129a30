import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { isAppError } from '#shared/errors'
import { dispatch } from './dispatch'
import { openTables } from './open'
import { Request, type Response } from './protocol'

/** SQLite is synchronous, so it lives here, away from the thread that keeps the window alive. */
const { home } = z.object({ home: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('The database worker was started without a parent.')

const opened = attempt(() => openTables(home))

port.on('message', (message: unknown) => {
  const request = Request.parse(message)
  port.postMessage({ id: request.id, ...answer(request) } satisfies Response)
  if (request.table === 'control' && request.method === 'close') port.close()
})

function answer(request: Request): Outcome {
  return opened.ok ? attempt(() => dispatch(opened.value, request)) : opened
}

type Outcome<T = unknown> =
  | { ok: true; value: T }
  | { ok: false; error: { code: string | null; detail: string | null } }

function attempt<T>(act: () => T): Outcome<T> {
  try {
    return { ok: true, value: act() }
  } catch (error) {
    if (isAppError(error)) return { ok: false, error: { code: error.code, detail: error.detail } }
    return {
      ok: false,
      error: { code: null, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    }
  }
}
