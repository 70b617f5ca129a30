import { fork } from 'node:child_process'
import type { JobChannel } from './client'

/** A job process as a forked child of Node; messages are structured clones, so bytes stay bytes. */
export function forkChannel(modulePath: string): JobChannel {
  const child = fork(modulePath, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
