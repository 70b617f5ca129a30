import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange } from '#electron/probe/exchange'
import { LenientSocket, mendHead } from '#electron/probe/lenient-socket'
import { openWorkshop } from '../../../support/openssl'
import { listen } from '../../../support/ports'

const ok = 'HTTP/1.1 200 OK\r\n'

/** Chromium's own reading of the same blocks (net/http/http_util_unittest.cc, http_stream_parser_unittest.cc). */
describe('a header block', () => {
  it.each([
    ['stays as it is', `${ok}a: b\r\nc:d\r\n\r\n`, `${ok}a: b\r\nc:d\r\n\r\n`],
    ['loses lines without a colon', `${ok}nonsense\r\na: b\r\n\r\n`, `${ok}a: b\r\n\r\n`],
    ['loses names that are none', `${ok}: x\r\na b: x\r\nä: x\r\nc: d\r\n\r\n`, `${ok}c: d\r\n\r\n`],
    ['loses spaces before a colon', `${ok}a \t: b\r\n\r\n`, `${ok}a: b\r\n\r\n`],
    ['joins folded lines', `${ok}a: b\r\n c\r\n\td: e\r\n\r\n`, `${ok}a: b c d: e\r\n\r\n`],
    ['loses what is folded onto nothing', `${ok} a: b\r\nnonsense\r\n c: d\r\ne: f\r\n\r\n`, `${ok}e: f\r\n\r\n`],
    ['takes a later minor version for the one it knows', 'HTTP/1.2 200 OK\r\na: b\r\n\r\n', `${ok}a: b\r\n\r\n`],
    ['leaves another major version alone', 'HTTP/3.2 200 OK\r\n\r\n', 'HTTP/3.2 200 OK\r\n\r\n'],
    ['ends its lines in full', 'HTTP/1.1 200 OK\na: b\n\n', `${ok}a: b\r\n\r\n`],
    ['begins with its status line', `xyz\nhttp/1.1 200 OK\r\n\r\n`, `${ok}\r\n`],
    ['keeps a length', `${ok}Content-Length: 5 \r\n\r\n`, `${ok}Content-Length: 5 \r\n\r\n`],
    ['loses a length that is no number', `${ok}Content-Length: -5\r\n\r\n`, `${ok}\r\n`],
    ['is left alone where it is none', 'SSH-2.0-x\r\nnonsense\r\n\r\n', 'SSH-2.0-x\r\nnonsense\r\n\r\n'],
  ])('%s', (_what, head, mended) => {
    expect(mendHead(head)).toBe(mended)
  })
})

describe('an answer', () => {
  let server: Server
  let port: number
  let pieces: Buffer[] = []
  beforeAll(async () => {
    const workshop = await openWorkshop()
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'a.key']
    await workshop.openssl('req', '-x509', ...key, '-out', 'a.pem', '-subj', '/CN=a.example', '-days', '9')
    const [certificate, privateKey] = [await workshop.read('a.pem'), await workshop.read('a.key')]
    await workshop.remove()
    server = createServer({ cert: certificate, key: privateKey }, (socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        for (const piece of pieces) socket.write(piece)
        socket.end()
      })
    })
    port = await listen(server)
  })
  afterAll(() => void server.close())

  const asked = async (...sent: Buffer[]) => {
    pieces = sent
    const tls = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await once(tls, 'secureConnect')
    return (await exchange(tls, { hostname: 'a.example', port, path: '/' })).answer
  }
  const bytes = (text: string) => [...text].map((letter) => Buffer.from(letter, 'latin1'))

  it('is read in whatever pieces it comes, and its page is not touched', async () => {
    const page = 'nonsense\r\n\r\n: x\r\n folded'
    const answer = await asked(...bytes(`HTTP/1.1 103 Hints\r\nno\r\n\r\n${ok}no\r\nx: y\r\n\r\n${page}`))
    expect(answer).toMatchObject({ status: 200, headers: [{ name: 'x', value: 'y' }], body: page })
  })

  it('is read once: a second one is part of its page, or nothing', async () => {
    const second = `HTTP/1.1 403 No\r\nset-cookie: a=b\r\n\r\n`
    const counted = await asked(Buffer.from(`${ok}content-length: 2\r\n\r\nhi${second}`))
    expect(counted).toMatchObject({ status: 200, body: 'hi' })
    const uncounted = await asked(Buffer.from(`${ok}content-length: two\r\n\r\nhi${second}`))
    expect(uncounted).toMatchObject({ status: 200, headers: [], body: `hi${second}` })
  })

  it('is too large where its headers never end', async () => {
    const line = Buffer.from(`x: ${'y'.repeat(16_000)}\r\n`)
    await expect(asked(Buffer.from(ok), ...Array.from({ length: 20 }, () => line))).rejects.toMatchObject({
      code: 'HPE_HEADER_OVERFLOW',
    })
  })

  it('ends without an error where its connection was given up meanwhile', async () => {
    const tls = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await once(tls, 'secureConnect')
    const socket = new LenientSocket(tls, 1_000)
    const errors: unknown[] = []
    socket.on('error', (error) => errors.push(error))
    socket.end()
    tls.destroy()
    await once(socket, 'close')
    expect(errors).toEqual([])
  })

  it('is none where the connection ends in the middle of its headers', async () => {
    await expect(asked(Buffer.from(`${ok}x: y\r\n`))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})
