import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { freePort, listening } from '../../../support/nginx'
import { openWorkshop } from '../../../support/openssl'
import { directProbe, probeInput } from '../../../support/probe'

/** `openssl s_server` as a person at its keyboard: asks for a certificate only after the request has come. */
async function askingLate(folder: string, port: number) {
  const files = ['-key', `${folder}/server.key`, '-cert', `${folder}/server.pem`]
  const child = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...files, '-tls1_2', '-crlf'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const answers: [heard: string, answer: string][] = [
    ['GET / HTTP/1.1', 'R\n'],
    ['SSL_do_handshake', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
  ]
  let heard = ''
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
    const [next] = answers
    if (next === undefined || !heard.includes(next[0])) return
    answers.shift()
    child.stdin.write(next[1])
  })
  await listening(port, child)
  return child
}

it('does not claim to know what was asked in a second handshake', async () => {
  const workshop = await openWorkshop()
  const name = ['-subj', '/CN=access.latchkey.localhost', '-addext', 'subjectAltName=DNS:access.latchkey.localhost']
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.pem']
  await workshop.openssl('req', '-x509', ...key, '-days', '9', ...name)
  const port = await freePort()
  const child = await askingLate(workshop.folder, port)
  try {
    const extraRoots = [String(await workshop.read('server.pem'))]
    const { without } = await directProbe().test(probeInput(port, { extraRoots }))
    expect(without.attempt.tls).toMatchObject({ version: 'TLSv1.2', trust: 'trusted', asked: 'unknown' })
    expect(without.attempt.outcome).toMatchObject({ kind: 'answered', status: 200 })
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    await workshop.remove()
  }
})
