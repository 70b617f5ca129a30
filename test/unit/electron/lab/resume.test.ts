import { connect, type TLSSocket } from 'node:tls'
import { expect, it } from 'vitest'
import { practiceSite } from '../../../support/practice-site'

const site = practiceSite()

interface Visit {
  reused: boolean
  sessions: Buffer[]
  status: string
}

/** One request on one connection, with every session that the server offered for later. */
function visit(version: 'TLSv1.2' | 'TLSv1.3', extra: object): Promise<Visit> {
  const { lab } = site()
  return new Promise((resolve, reject) => {
    const sessions: Buffer[] = []
    const place = { host: '127.0.0.1', port: lab.port, servername: lab.hostname, ca: lab.serverRootPem }
    const socket: TLSSocket = connect({ ...place, minVersion: version, maxVersion: version, ...extra })
    let answer = ''
    let reused = false
    socket.on('session', (session: Buffer) => sessions.push(session))
    socket.on('secureConnect', () => {
      reused = socket.isSessionReused()
      socket.write(`GET / HTTP/1.1\r\nHost: ${lab.hostname}:${lab.port}\r\nConnection: close\r\n\r\n`)
    })
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('end', () => resolve({ reused, sessions, status: answer.slice(9, 12) }))
    socket.on('error', reject)
  })
}

it.each(['TLSv1.2', 'TLSv1.3'] as const)('makes every connection a fresh handshake, on %s', async (version) => {
  const { cert, key } = site()
  const first = await visit(version, { cert, key })
  expect(first.status).toBe('200')
  const session = first.sessions.at(-1)
  // Resumed without the certificate: let in by nothing but the memory of the last connection (CVE-2025-23419).
  const second = await visit(version, session === undefined ? {} : { session })
  expect({ reused: second.reused, status: second.status }).toEqual({ reused: false, status: '403' })
})
