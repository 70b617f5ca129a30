import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { connect } from 'node:net'
import { openWorkshop, type Workshop } from '../openssl'
import { freePort } from '../ports'
import type { Program } from './packages'

export interface RunningServer {
  port: number
  /** PEM: vouches for the server's certificate. */
  rootPem: string
  stop(): Promise<void>
}

/** Whether the server asks for a client certificate, and whether it insists. */
type ClientAuth = 'none' | 'optional' | 'required'

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/** A server's certificate and key, in PEM. */
export interface ServerIdentity {
  /** The leaf, then the issuers that the server sends along. */
  chain: string
  key: string
  /** What a client has to trust. */
  root: string
}

export interface ServerOptions {
  identity: ServerIdentity
  clientAuth: ClientAuth
  /** PEM: the CAs whose clients are let in, and the list of issuers that the server sends. */
  clientCa?: string
  /** PEM: revocation lists, which turn on the check. */
  crl?: string
  protocols?: TlsVersion[]
}

export const bothVersions: TlsVersion[] = ['TLSv1.2', 'TLSv1.3']

/** What every server says to whom it lets in. */
export const welcome = 'You are in'

/** A folder with the files that every server's configuration names. */
export async function openServerFolder(options: ServerOptions): Promise<Workshop> {
  const workshop = await openWorkshop()
  // A server that is started as root gives up its rights before it reads a page.
  await chmod(workshop.folder, 0o755)
  await workshop.write('chain.pem', options.identity.chain)
  await workshop.write('key.pem', options.identity.key)
  await workshop.write('both.pem', `${options.identity.chain}${options.identity.key}`)
  await workshop.write('index.html', welcome)
  if (options.clientCa !== undefined) await workshop.write('client-ca.pem', options.clientCa)
  if (options.crl !== undefined) await workshop.write('crl.pem', options.crl)
  return workshop
}

interface Launch {
  program: Program
  workshop: Workshop
  /** The arguments for a port; a configuration that names the port is written here. */
  args(port: number): Promise<string[]> | string[]
}

/** Starts a program on a free port and waits until it takes connections. */
export async function launch({ program, workshop, args }: Launch): Promise<{ port: number; stop(): Promise<void> }> {
  const attempts: string[] = []
  // The port may have been taken meanwhile by another program.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const port = await freePort()
    const child = spawn(program.command, await args(port), {
      cwd: workshop.folder,
      env: { ...program.env, HOME: workshop.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = collect(child)
    if (await isListening(child, port)) {
      return {
        port,
        async stop() {
          await end(child)
          await workshop.remove()
        },
      }
    }
    attempts.push(said())
  }
  await workshop.remove()
  throw new Error(`${program.command} did not start: ${attempts.at(-1) ?? ''}`)
}

/** The last words of a process, for the case that it does not start. */
function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => {
    text = `${text}${chunk.toString('utf8')}`.slice(-2000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  child.on('error', (error) => add(Buffer.from(error.message)))
  return () => text
}

/** False when the process has ended before it took a connection. */
async function isListening(child: ChildProcess, port: number): Promise<boolean> {
  let isOver = false
  child.once('exit', () => {
    isOver = true
  })
  child.once('error', () => {
    isOver = true
  })
  while (!isOver) {
    if (await answers(port)) return !isOver
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return false
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
