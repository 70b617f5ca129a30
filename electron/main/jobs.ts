import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { createJobs } from '#electron/jobs/client'
import type { Jobs } from '#electron/jobs/jobs'
import type { ProcessChannel } from '#electron/platform/process-channel'

/** Jobs run in a utility process: ending it is the only way to stop a native call such as RSA-4096 generation. */
export function createUtilityJobs(): Jobs {
  return createJobs(spawn)
}

function spawn(): ProcessChannel {
  const child = utilityProcess.fork(join(__dirname, '../main/job-process.cjs'), [], {
    serviceName: 'Latchkey key work',
    stdio: 'inherit',
  })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill(),
  }
}
