import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { serveMethods } from '#electron/platform/rpc'
import { openTables } from './open'
import { methodsOver } from './repositories'

/** SQLite is synchronous, so it lives here, away from the thread that keeps the window alive. */
const { home } = z.object({ home: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('The database worker was started without a parent.')

serveMethods(
  { post: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) },
  // When opening fails, the first call is rejected with the reason.
  new Promise((resolve) => resolve(methodsOver(openTables(home)))),
)
