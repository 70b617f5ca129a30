import { expect, it } from 'vitest'
import { openWorkshop } from '../../../support/openssl'
import { startOpensslServer } from '../../../support/ports'
import { directProbe, probeInput } from '../../../support/probe'

/** `openssl s_server` as a person at its keyboard: asks for a certificate only after the request has come. */
async function askingLate(folder: string) {
  const server = await startOpensslServer(folder, ['-tls1_2', '-crlf'])
  const answers: [heard: string, answer: string][] = [
    ['GET / HTTP/1.1', 'R\n'],
    ['SSL_do_handshake', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
  ]
  let heard = ''
  server.child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
    const [next] = answers
    if (next === undefined || !heard.includes(next[0])) return
    answers.shift()
    server.child.stdin.write(next[1])
  })
  return server
}

it('does not claim to know what was asked in a second handshake', async () => {
  const workshop = await openWorkshop()
  const name = ['-subj', '/CN=access.latchkey.localhost', '-addext', 'subjectAltName=DNS:access.latchkey.localhost']
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.pem']
  await workshop.openssl('req', '-x509', ...key, '-days', '9', ...name)
  const server = await askingLate(workshop.folder)
  try {
    const extraRoots = [String(await workshop.read('server.pem'))]
    const { without } = await directProbe().test(probeInput(server.port, { extraRoots }))
    expect(without.attempt.tls).toMatchObject({ version: 'TLSv1.2', trust: 'trusted', asked: 'unknown' })
    expect(without.attempt.outcome).toMatchObject({ kind: 'answered', status: 200 })
  } finally {
    await server.stop()
    await workshop.remove()
  }
})
