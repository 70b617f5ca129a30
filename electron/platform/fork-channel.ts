import { fork } from 'node:child_process'
import { childEnvironment } from './child-environment'
import type { ProcessChannel } from './process-channel'

/**
 * A process of ours as a forked child of Node; messages are structured clones, so bytes stay bytes. Its environment is an
 * allow-list: a passphrase given to the terminal program in a variable is none of its business.
 */
export function forkChannel(modulePath: string): ProcessChannel {
  // Electron's own binary is Node only when told so.
  const asNode: Record<string, string> = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }
  const child = fork(modulePath, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: childEnvironment(process.env, asNode),
  })
  const exitListeners: (() => void)[] = []
  const tell = () => {
    for (const listener of exitListeners.splice(0)) listener()
  }
  // A child that could not be started, or to which nothing can be sent any more, is as good as ended.
  child.on('error', tell)
  child.on('exit', tell)
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
