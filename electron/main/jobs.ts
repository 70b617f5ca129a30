import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { Jobs } from '#electron/jobs/jobs'
import { createJobs } from '#electron/jobs/pool'
import type { ProcessChannel } from '#electron/platform/channel'
import { childEnvironment } from '#electron/platform/environment'

/** Jobs run in a utility process: ending it is the only way to stop a native call such as RSA-4096 generation. */
export function createUtilityJobs(): Jobs {
  return createJobs(spawn)
}

function spawn(): ProcessChannel {
  const child = utilityProcess.fork(join(__dirname, '../main/job-process.cjs'), [], {
    serviceName: 'Latchkey key work',
    stdio: 'inherit',
    env: childEnvironment(),
  })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', () => listener()),
    kill: () => child.kill(),
  }
}
