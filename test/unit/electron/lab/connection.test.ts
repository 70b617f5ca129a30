import { request } from 'node:https'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
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
  for (const { address } of elsewhere) {
    const outcome = await new Promise((resolve) => {
      const socket = connect({ host: address, port: site().lab.port })
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
