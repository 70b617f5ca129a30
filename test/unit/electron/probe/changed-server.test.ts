import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createServer, type Server } from 'node:tls'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { ProbeIdentity } from '#electron/probe/probe'
import { judged } from '../../../support/judged'
import { openWorkshop } from '../../../support/openssl'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

interface Pair {
  cert: string
  key: string
}

const pairs = new Map<string, Pair>()
let identity: ProbeIdentity
let server: Server | null = null

beforeAll(async () => {
  const workshop = await openWorkshop()
  const name = ['-subj', '/CN=a', '-addext', 'subjectAltName=DNS:access.latchkey.localhost', '-days', '9']
  for (const file of ['first', 'second', 'client']) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`]
    await workshop.openssl('req', '-x509', ...key, '-out', `${file}.pem`, ...name)
    const read = async (end: string) => String(await workshop.read(`${file}.${end}`))
    pairs.set(file, { cert: await read('pem'), key: await read('key') })
  }
  identity = identityFrom(pair('client').cert, pair('client').key)
  await workshop.remove()
})
afterEach(() => server?.close())

function pair(name: string): Pair {
  const found = pairs.get(name)
  if (found === undefined) throw new Error(`No ${name}.`)
  return found
}

/** The first connection meets one certificate, every later one another. Counts the requests of the later ones. */
async function changing(): Promise<{ port: number; requests(): number }> {
  const order = new Map<number | undefined, number>()
  let requests = 0
  const made = createServer({ ...pair('first'), requestCert: true, rejectUnauthorized: false }, (socket) => {
    // Both are open side by side; each is known by the moment at which it came.
    const isLater = order.get(socket.remotePort) !== 1
    socket.on('error', () => undefined)
    socket.on('data', () => {
      if (isLater) requests += 1
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
    })
  })
  server = made
  made.on('tlsClientError', () => undefined)
  // The server's own listener ran before this one: the connection at hand keeps the context that it began with.
  made.on('connection', (socket: Socket) => {
    order.set(socket.remotePort, order.size + 1)
    made.setSecureContext(pair('second'))
  })
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  const address = made.address()
  return { port: address !== null && typeof address === 'object' ? address.port : 0, requests: () => requests }
}

it('sends no request to a server that became another one, and says so', async () => {
  const { port, requests } = await changing()
  const result = await directProbe().test(probeInput(port, { identity, extraRoots: [pair('first').cert] }))
  expect(result.without.attempt.outcome).toMatchObject({ kind: 'answered', status: 403 })
  expect(result.with?.attempt).toMatchObject({
    outcome: { kind: 'failed', reason: 'server-untrusted' },
    tls: { trust: 'untrusted', sent: 'yes' },
  })
  expect(requests()).toBe(0)
  const { verdict } = judged({ without: result.without.attempt, with: result.with?.attempt ?? null })
  expect(verdict).toMatchObject({ kind: 'server-untrusted', sentence: 'Another server answered the second time.' })
})

it('resumes no session, and shows a certificate that it has shown before only where it is to be shown', async () => {
  const seen: { reused: boolean; showed: boolean }[] = []
  const made = createServer({ ...pair('first'), requestCert: true, rejectUnauthorized: false }, (socket) => {
    seen.push({ reused: socket.isSessionReused(), showed: socket.getPeerX509Certificate() !== undefined })
    socket.on('error', () => undefined)
    socket.on('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'))
  })
  server = made
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  const address = made.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const extraRoots = [pair('first').cert]
  for (const shown of [identity, identity, null])
    await directProbe().test(probeInput(port, { identity: shown, extraRoots }))
  expect(seen.filter(({ showed }) => showed)).toHaveLength(2)
  expect(seen.map(({ reused }) => reused)).toEqual([false, false, false, false, false])
})

it('minds no second key of a server that is trusted with it', async () => {
  const { port, requests } = await changing()
  const extraRoots = [pair('first').cert, pair('second').cert]
  const result = await directProbe().test(probeInput(port, { identity, extraRoots }))
  expect(result.with?.attempt).toMatchObject({ outcome: { status: 403 }, tls: { trust: 'trusted', sent: 'yes' } })
  expect(requests()).toBe(1)
})
