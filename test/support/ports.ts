import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/**
 * Ports on loopback that nobody else can take meanwhile. A port that was free a moment ago may belong to another program by
 * now, since every connection on this machine takes one.
 */

/** A server of our own, on a port that the system has chosen. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Where connections are refused until `release` is called: our own end of a connection holds the port. */
export async function refusingPort(): Promise<{ port: number; release(): void }> {
  const server = createServer((other) => other.on('error', () => undefined))
  const socket = connect(await listen(server), '127.0.0.1')
  await once(socket, 'connect')
  const { localPort } = socket
  if (localPort === undefined) throw new Error('The connection has no port.')
  const release = () => {
    socket.destroy()
    server.close()
  }
  return { port: localPort, release }
}

/** A port that was free a moment ago, for programs that neither take a socket nor say where they listen. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

export interface OpensslServer {
  port: number
  child: ChildProcessByStdio<Writable, Readable, null>
  stop(): Promise<void>
}

/** `openssl s_server` in a folder with `server.key` and `server.pem`. It chooses the port itself and says which. */
export async function startOpensslServer(folder: string, args: string[]): Promise<OpensslServer> {
  const files = ['-key', 'server.key', '-cert', 'server.pem']
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...files, ...args], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`openssl s_server ended with ${code}.`)))
    createInterface(child.stdout).on('line', (line) => {
      const accepting = /^ACCEPT .*:(\d+)$/u.exec(line)
      if (accepting !== null) resolve(Number(accepting[1]))
    })
  })
  return {
    port,
    child,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
