import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { ProbeIdentity } from '#electron/probe/probe'
import { openWorkshop } from '../../../support/openssl'
import { listen } from '../../../support/ports'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

const server = { cert: '', key: '' }
let client: ProbeIdentity
const open: Http2SecureServer[] = []

beforeAll(async () => {
  const workshop = await openWorkshop()
  const make = async (file: string, ...more: string[]) => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`]
    await workshop.openssl('req', '-x509', ...key, '-out', `${file}.pem`, '-subj', `/CN=${file}`, '-days', '9', ...more)
    return { cert: String(await workshop.read(`${file}.pem`)), key: String(await workshop.read(`${file}.key`)) }
  }
  Object.assign(server, await make('server', '-addext', 'subjectAltName=DNS:access.latchkey.localhost'))
  const { cert, key } = await make('client')
  client = identityFrom(cert, key)
  await workshop.remove()
})
afterEach(() => {
  for (const made of open.splice(0)) made.close()
})

type Answer = (stream: ServerHttp2Stream, port: number) => void

async function test(answer: Answer, { allowHTTP1 = true, identity = null as ProbeIdentity | null } = {}) {
  const made = createSecureServer({ ...server, allowHTTP1, requestCert: true, rejectUnauthorized: false })
  open.push(made)
  made.on('sessionError', () => undefined)
  made.on('stream', (stream) => {
    stream.on('error', () => undefined)
    answer(stream, 0)
  })
  made.on('request', (request, response) => {
    if (request.httpVersionMajor === 1) response.writeHead(200, { 'x-spoken': '1.1' }).end('over one')
  })
  const port = await listen(made)
  const found = await directProbe().test(probeInput(port, { identity, extraRoots: [server.cert] }))
  return { without: found.without.attempt, presented: found.with?.attempt ?? null }
}

it('speaks HTTP/2 with servers that offer it, both times', async () => {
  const { without, presented } = await test(
    (stream) => {
      stream.respond({ ':status': 403, 'set-cookie': ['a=1', 'b=2'], server: 'two' })
      stream.end('no')
    },
    { identity: client },
  )
  expect(without).toMatchObject({ outcome: { status: 403, httpVersion: '2', body: 'no', bodyEnd: 'complete' } })
  expect(without.outcome.kind === 'answered' && without.outcome.cookies.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(presented).toMatchObject({ outcome: { status: 403, httpVersion: '2' }, tls: { alpn: 'h2', sent: 'yes' } })
})

it('reaches a server that speaks nothing else', async () => {
  const { without } = await test((stream) => stream.respond({ ':status': 204 }, { endStream: true }), {
    allowHTTP1: false,
  })
  expect(without).toMatchObject({ outcome: { status: 204, httpVersion: '2' }, askedForHttp1: false })
})

it('asks again over HTTP/1.1 where the server wants that, and says so', async () => {
  const { without } = await test((stream) => stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED))
  expect(without).toMatchObject({ outcome: { status: 200, httpVersion: '1.1' }, askedForHttp1: true })
})

it('asks again after an early GOAWAY', async () => {
  const { without } = await test((stream) => stream.session?.goaway(constants.NGHTTP2_HTTP_1_1_REQUIRED))
  expect(without).toMatchObject({ outcome: { status: 200, httpVersion: '1.1' }, askedForHttp1: true })
})

it('takes a request that is reset for a connection that was cut', async () => {
  const { without } = await test((stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
  expect(without.outcome).toMatchObject({ kind: 'failed', reason: 'connection-reset', phase: 'answer' })
})

it('counts an answer from its headers, whatever becomes of its page', async () => {
  const { without } = await test((stream) => {
    stream.respond({ ':status': 200 })
    stream.write('begun')
    stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  })
  expect(without.outcome).toMatchObject({ status: 200, bodyEnd: 'cut' })
})
