import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Attempt } from '#shared/model/attempt'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { listen, nothingListens, type OpensslServer, startOpensslServer } from '../../../support/ports'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

let walk: Walkthrough
const servers: Server[] = []
const sockets = new Set<Socket>()
const opensslServers: OpensslServer[] = []

beforeAll(async () => {
  walk = await walkThrough()
  const name = ['-subj', '/CN=access.latchkey.localhost', '-addext', 'subjectAltName=DNS:access.latchkey.localhost']
  await walk.openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.pem',
    '-days',
    '9',
    ...name,
  )
})
afterAll(() => walk.remove())
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
  for (const server of opensslServers.splice(0)) await server.stop()
})

/** A server of bare TCP. */
function tcp(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    talk(socket)
  })
  servers.push(server)
  return listen(server)
}

/** `openssl s_server` answering every GET with a status page. */
async function sServer(...args: string[]): Promise<number> {
  const server = await startOpensslServer(walk.folder, ['-CAfile', 'ca-chain.pem', '-www', ...args])
  opensslServers.push(server)
  return server.port
}

const rootsOf = async () => [String(await walk.read('server.pem'))]
const john = () => identityFrom(walk.clientPem, walk.clientKeyPem, walk.intermediatePem)

async function without(port: number, changes: Parameters<typeof probeInput>[1] = {}): Promise<Attempt> {
  return (await directProbe().test(probeInput(port, changes))).without.attempt
}

const reasonOf = ({ outcome }: Attempt) => (outcome.kind === 'failed' ? outcome.reason : `answered ${outcome.status}`)

describe('each failure has its own name', () => {
  it('a name that does not exist', async () => {
    expect(reasonOf(await without(443, { hostname: 'nowhere.example' }))).toBe('name-unknown')
  })
  it('nobody listens', async () => {
    expect(reasonOf(await without(nothingListens))).toBe('connection-refused')
  })
  it('a server that hangs up', async () => {
    expect(reasonOf(await without(await tcp((socket) => socket.destroy())))).toBe('connection-reset')
  })
  it('a server that says nothing', async () => {
    expect(reasonOf(await without(await tcp(() => undefined), { timeoutMs: 300 }))).toBe('timeout')
  })
  it('a server of plain HTTP', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const { outcome } = await without(port)
    expect(outcome).toMatchObject({ reason: 'not-tls', phase: 'handshake', firstBytes: 'HTTP/1.1 400 Bad Request' })
  })
  it('rubbish', async () => {
    expect(reasonOf(await without(await tcp((socket) => socket.end(Buffer.alloc(2000, 7)))))).toBe('not-tls')
  })
  it('a cancelled test', async () => {
    const abort = new AbortController()
    const port = await tcp(() => abort.abort())
    expect(reasonOf(await without(port, { signal: abort.signal }))).toBe('cancelled')
  })
})

describe.each(['-tls1_2', '-tls1_3'])('a server that insists, %s', (version) => {
  it('refuses without, takes the right certificate, rejects a foreign one', async () => {
    const port = await sServer(version, '-Verify', '3', '-verify_return_error')
    const extraRoots = await rootsOf()
    const right = await directProbe().test(probeInput(port, { identity: john(), extraRoots }))
    expect(reasonOf(right.without.attempt)).toBe('certificate-demanded')
    expect(right.without.attempt.tls?.asked).toBe('yes')
    expect(right.with?.attempt).toMatchObject({ outcome: { kind: 'answered', status: 200 }, tls: { sent: 'yes' } })

    await walk.openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'mallory.key',
      '-out',
      'mallory.pem',
      '-subj',
      '/CN=Mallory',
    )
    const mallory = identityFrom(String(await walk.read('mallory.pem')), String(await walk.read('mallory.key')))
    const foreign = await directProbe().test(probeInput(port, { identity: mallory, extraRoots }))
    expect(foreign.with === null ? null : reasonOf(foreign.with.attempt)).toBe('certificate-rejected')
  })
})

it('a server that never asks is seen to', async () => {
  for (const version of ['-tls1_2', '-tls1_3']) {
    const { tls } = await without(await sServer(version), { extraRoots: await rootsOf() })
    expect(tls).toMatchObject({ asked: 'no', sent: 'no', trust: 'trusted' })
  }
})

it('a handshake under ChaCha20-Poly1305 is read too', async () => {
  const port = await sServer('-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256', '-verify', '3')
  const { with: presented } = await directProbe().test(
    probeInput(port, { identity: john(), extraRoots: await rootsOf() }),
  )
  expect(presented?.attempt.tls).toMatchObject({ cipher: 'TLS_CHACHA20_POLY1305_SHA256', asked: 'yes', sent: 'yes' })
})
