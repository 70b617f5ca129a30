import { request } from 'node:https'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLab } from '#electron/lab/index'
import type { RunningLab } from '#electron/lab/lab'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { RequestDraft } from '#shared/model/identity'
import { directProbe, probeInput } from '../../../support/probe'

let lab: RunningLab
let cert: string
let key: string
beforeAll(async () => {
  lab = await createLab({ clock: systemClock, random: systemRandom })()
  const pair = await generateKey('p-256')
  const draft = RequestDraft.parse({ subject: { commonName: 'Ada' } })
  cert = encodePem('CERTIFICATE', await lab.issue(await createRequest(draft, pair.pkcs8)))
  key = encodePem('PRIVATE KEY', pair.pkcs8)
})
afterAll(() => lab.stop())

function get(socket: TLSSocket, headers: Record<string, string> = {}) {
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const host = `${lab.hostname}:${lab.port}`
    const options = {
      createConnection: () => socket,
      path: '/',
      headers: { host, connection: 'keep-alive', ...headers },
    }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

it('forwards the certificate with the first request of a connection only', async () => {
  const place = { host: '127.0.0.1', port: lab.port, servername: lab.hostname, ca: lab.serverRootPem }
  const socket = connectTls({ ...place, cert, key })
  expect((await get(socket)).body).toContain('Cf-Client-Cert-Der-Base64')
  expect((await get(socket)).body).not.toContain('Cf-Client-Cert-Der-Base64')
  expect((await get(socket, { 'cf-access-metadata-request': 'true' })).headers['cf-access-metadata']).toMatch(/^eyJ/u)
  socket.destroy()
})

it('listens on loopback and nowhere else', async () => {
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of elsewhere) {
    const outcome = await new Promise((resolve) => {
      const socket = connect({ host: address, port: lab.port })
      socket.once('connect', () => resolve('connected'))
      socket.once('error', () => resolve('refused'))
    })
    expect(outcome).toBe('refused')
  }
})

it('shows the test its login without being followed there', async () => {
  lab.setPolicy({ action: 'allow', rule: { kind: 'valid-certificate' } })
  const input = probeInput(lab.port, { hostname: lab.hostname, extraRoots: [lab.serverRootPem] })
  const [block = ''] = cert.match(/[A-Za-z0-9+/=\n]{100,}/u) ?? []
  const [secret = ''] = key.match(/[A-Za-z0-9+/=\n]{100,}/u) ?? []
  const identity = {
    certificates: [new Uint8Array(Buffer.from(block, 'base64'))],
    pkcs8: new Uint8Array(Buffer.from(secret, 'base64')),
    sha256: 'a'.repeat(64),
  }
  const { with: presented } = await directProbe().test({ ...input, identity })
  expect(presented?.attempt).toMatchObject({
    outcome: { kind: 'answered', status: 302 },
    access: { loginRedirect: true },
  })
})
