import { request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Duplex } from 'node:stream'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { expect, it } from 'vitest'
import { practiceSite } from '../../../support/practice-site'
import { directProbe, probeInput } from '../../../support/probe'

const site = practiceSite()

function get(socket: TLSSocket, headers: Record<string, string> = {}) {
  const { lab } = site()
  return new Promise<string>((resolve, reject) => {
    const host = `${lab.hostname}:${lab.port}`
    const options = {
      createConnection: () => socket,
      path: '/',
      headers: { host, connection: 'keep-alive', ...headers },
    }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString()))
    })
    sent.on('error', reject)
    sent.end()
  })
}

function connectToSite(): TLSSocket {
  const { lab, cert, key } = site()
  return connectTls({
    host: '127.0.0.1',
    port: lab.port,
    servername: lab.hostname,
    ca: lab.serverRootPem,
    cert,
    key,
  })
}

it('forwards the certificate with the first request of a connection only', async () => {
  const socket = connectToSite()
  expect(await get(socket)).toContain('Cf-Client-Cert-Der-Base64')
  expect(await get(socket)).not.toContain('Cf-Client-Cert-Der-Base64')
  socket.destroy()
})

it('counts the first request even when it was refused', async () => {
  const { lab } = site()
  const socket = connectToSite()
  lab.setPolicy({ action: 'service-auth', rule: { kind: 'common-name', commonNames: ['Grace'] } })
  expect(await get(socket)).toContain('"status_code":403')
  lab.setPolicy({ action: 'service-auth', rule: { kind: 'valid-certificate' } })
  const second = await get(socket)
  expect(second).toContain('"commonName":"Ada"')
  expect(second).not.toContain('Cf-Client-Cert-Der-Base64')
  socket.destroy()
})

it('listens on loopback and nowhere else', async () => {
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  const { lab } = site()
  for (const { address } of elsewhere)
    for (const port of [lab.port, lab.issuePort]) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: address, port })
        socket.once('connect', () => resolve('connected'))
        socket.once('error', () => resolve('refused'))
      })
      expect(outcome).toBe('refused')
    }
})

it('shows the test its login without being followed there', async () => {
  const { lab, identity } = site()
  lab.setPolicy({ action: 'allow', rule: { kind: 'valid-certificate' } })
  const input = probeInput(lab.port, { hostname: lab.hostname, extraRoots: [lab.serverRootPem] })
  const { with: presented } = await directProbe().test({ ...input, identity })
  expect(presented?.attempt).toMatchObject({
    outcome: { kind: 'answered', status: 302 },
    access: { loginRedirect: true },
  })
})

it('signs requests at a port of its own, and serves nothing else there', async () => {
  const { lab } = site()
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const place = { host: '127.0.0.1', port: lab.issuePort, servername: lab.hostname, ca: lab.serverRootPem }
      const sent = request({ ...place, path: '/', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })
  expect(await status({ host: `${lab.hostname}:${lab.issuePort}` })).toBe(404)
  expect(await status({ host: `${lab.hostname}:${lab.port}` })).toBe(421)
  expect(await status({ host: 'evil.example' })).toBe(421)
})

/** Writes one byte at a time, so that no record of TLS comes in one piece. */
class Trickle extends Duplex {
  readonly #socket: Socket

  constructor(socket: Socket) {
    super()
    this.#socket = socket.setNoDelay()
    socket.on('data', (chunk: Buffer) => this.push(chunk))
    socket.once('end', () => this.push(null))
    socket.once('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    for (const byte of chunk) this.#socket.write(Buffer.of(byte))
    done()
  }
}

it.each([
  ['a certificate', true, /UNSUPPORTED_CERTIFICATE/u],
  ['none', false, /HANDSHAKE_FAILURE/u],
])('answers %s with its alert, however its records are cut', async (_what, isShown, expected) => {
  const { lab, cert, key } = site()
  await lab.use('certificate-type-unsupported')
  try {
    const tls = connectTls({
      socket: new Trickle(connect({ host: '127.0.0.1', port: lab.port })),
      servername: lab.hostname,
      ca: lab.serverRootPem,
      ...(isShown ? { cert, key } : {}),
    })
    const error = await new Promise<Error & { code?: string }>((resolve) => tls.once('error', resolve))
    expect(error.code).toMatch(expected)
  } finally {
    await lab.use(null)
  }
})

it('ends the connections that are open when it is broken', async () => {
  const socket = connectToSite()
  await get(socket)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  await site().lab.use('not-found')
  await closed
  await site().lab.use(null)
})
