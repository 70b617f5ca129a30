import { fork } from 'node:child_process'
import type { Worker } from 'node:worker_threads'
import { childEnvironment } from './environment'

/** One end of a way to another process or worker of ours. Messages are structured clones, so bytes stay bytes. */
export interface MessageChannelEnd {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** The end of the process that started the other side, and may end it. */
export interface ProcessChannel extends MessageChannelEnd {
  /** Also told when it could not be started; with the reason where there is one. */
  onExit(listener: (reason?: Error) => void): void
  kill(): void
}

/**
 * A process of ours as a forked child of Node. Its environment is an allow-list: a passphrase given to the CLI in a
 * variable never reaches it.
 */
export function forkChannel(modulePath: string): ProcessChannel {
  // Electron's own binary is Node only when told so.
  const asNode: Record<string, string> = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }
  const child = fork(modulePath, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: childEnvironment(asNode),
  })
  const exitListeners: (() => void)[] = []
  const tell = () => {
    for (const listener of exitListeners.splice(0)) listener()
  }
  // A child that could not be started, or to which nothing can be sent any more, has ended for us.
  child.on('error', tell)
  child.on('exit', tell)
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

export function workerChannel(worker: Worker): ProcessChannel {
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onExit(listener) {
      worker.on('error', (error) => listener(error))
      worker.on('exit', () => listener())
    },
    kill: () => void worker.terminate(),
  }
}

interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/**
 * The way back to whoever started this process: `parentPort` in Electron's utility process, `send` in a forked child. Without
 * a caller there is no one to answer, so the child then exits.
 */
export function parentChannel(
  own: NodeJS.Process & { parentPort?: UtilityPort | null },
  leave: () => void = () => own.exit(0),
): MessageChannelEnd {
  const { parentPort } = own
  if (parentPort !== undefined && parentPort !== null) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
    }
  }
  own.on('disconnect', leave)
  return { post: (message) => void own.send?.(message), onMessage: (listener) => void own.on('message', listener) }
}
