import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/**
 * Ports on loopback that nobody else can take meanwhile. Every connection on this machine takes one of those that the system
 * gives out, from 32768 on (Linux) or from 49152 on (macOS, Windows). A connection to such a port where nobody listens can
 * even be given that port itself, and then meets itself: it succeeds, and hears what it says (RFC 9293, section 3.5).
 */

/** Where nothing listens: reserved by IANA, and none that a system gives to a connection. */
export const nothingListens = 1023

/** A server of our own, on a port that the system has chosen. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/**
 * A port that was free a moment ago, for programs that neither take a socket nor say where they listen. It is none that a
 * system gives to connections, so that asking whether the program listens by now cannot be answered by the question itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  const taken = await once(server, 'listening').then(
    () => false,
    () => true,
  )
  if (taken) return false
  server.close()
  await once(server, 'close')
  return true
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
