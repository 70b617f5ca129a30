import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { serveMethods } from '#electron/platform/rpc'
import { methodsOver } from './methods'
import { openTables } from './open'

/** SQLite is synchronous, so it lives here, away from the thread that keeps the window alive. */
const { home } = z.object({ home: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('The database worker was started without a parent.')

serveMethods(
  { post: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) },
  // Opening is the first call's business: when it fails, that call is told why.
  new Promise((resolve) => resolve(methodsOver(openTables(home)))),
)
