import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { Resolver } from '#electron/platform/resolver'
import { type DialInput, type DialResult, dial } from '#electron/probe/dial'
import { listen, nothingListens } from '../../../support/ports'

const atEnd: (() => void)[] = []
afterEach(() => {
  for (const end of atEnd.splice(0)) end()
})

const leadsTo = (...addresses: string[]): Resolver => ({
  resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
})

async function call(port: number, changes: Partial<DialInput> = {}): Promise<DialResult> {
  const host = { hostname: 'a.example', port, connectTo: null }
  const input: DialInput = {
    host,
    proxy: null,
    family: null,
    resolver: leadsTo('127.0.0.1'),
    timeoutMs: 20_000,
    signal: new AbortController().signal,
  }
  const dialled = await dial({ ...input, ...changes })
  if (dialled.ok) dialled.socket.destroy()
  return dialled
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined))
  atEnd.push(() => server.close())
  return { server, port: await listen(server) }
}

/** An address that swallows connections: its queue is full and its owner stands still. */
async function swallow(port: number, host: string): Promise<void> {
  const program = `require('net').createServer().listen({ port: ${port}, host: '${host}', backlog: 1 }, () => console.log('up'))`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
  atEnd.push(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  child.kill('SIGSTOP')
  for (let filled = 0; filled < 2; filled += 1) {
    const socket: Socket = connect({ port, host })
    atEnd.push(() => socket.destroy())
    await once(socket, 'connect')
  }
}

it('takes the second address when nobody listens at the first', async () => {
  const { port } = await listening()
  const dialled = await call(port, { resolver: leadsTo('127.0.0.2', '127.0.0.1') })
  expect(dialled).toMatchObject({ ok: true, address: '127.0.0.1' })
})

it.skipIf(process.platform !== 'linux')('does not wait for an address that swallows connections', async () => {
  const { port } = await listening()
  await swallow(port, '127.0.0.2')
  const patient = { resolver: leadsTo('127.0.0.2', '127.0.0.1'), timeoutMs: 3_600_000 }
  expect(await call(port, patient)).toMatchObject({ ok: true, address: '127.0.0.1' })
  const alone = await call(port, { resolver: leadsTo('127.0.0.2'), timeoutMs: 50 })
  expect(alone).toMatchObject({ ok: false, reason: 'timeout', detail: 'ETIMEDOUT at 127.0.0.2' })
})

it('says “refused” when every address refuses', async () => {
  const dialled = await call(nothingListens, { resolver: leadsTo('127.0.0.2', '127.0.0.1') })
  expect(dialled).toMatchObject({ ok: false, reason: 'connection-refused', detail: 'ECONNREFUSED at 127.0.0.2' })
})

it('does not wait for a resolver that never answers', async () => {
  const silent: Resolver = { resolve: () => new Promise(() => undefined) }
  expect(await call(1, { resolver: silent, timeoutMs: 20 })).toMatchObject({ ok: false, reason: 'timeout' })
  const abort = new AbortController()
  const waiting = call(1, { resolver: silent, signal: abort.signal })
  abort.abort()
  expect(await waiting).toMatchObject({ ok: false, reason: 'cancelled' })
})

it('does not begin what was cancelled before', async () => {
  const { server, port } = await listening()
  let visits = 0
  server.on('connection', () => {
    visits += 1
  })
  const abort = new AbortController()
  abort.abort()
  const silent: Resolver = { resolve: () => new Promise(() => undefined) }
  expect(await call(port, { signal: abort.signal, resolver: silent })).toMatchObject({ reason: 'cancelled' })
  expect(visits).toBe(0)
})

it('knows a name without addresses, and one that nobody knows', async () => {
  expect(await call(1, { resolver: leadsTo() })).toMatchObject({ ok: false, reason: 'name-unknown' })
  const unknown: Resolver = {
    resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' })),
  }
  expect(await call(1, { resolver: unknown })).toMatchObject({ reason: 'name-server-silent', detail: 'EAI_AGAIN' })
})
