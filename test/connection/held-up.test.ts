import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Resolver } from '#electron/platform/resolver'
import { bareContext } from '#electron/probe/contexts'
import { dial } from '#electron/probe/dial'
import { readPage } from '#electron/probe/page'
import { systemRoots } from '#electron/probe/roots'
import { secure } from '#electron/probe/secure'
import { directProbe, probeInput } from '../support/probe'
import { startRaw, startTls } from '../support/servers/node'
import type { RunningServer } from '../support/servers/server'
import { startStunnel } from '../support/servers/stunnel'
import { makePki, usualHostname } from './pki'

/**
 * A busy or sleeping computer holds a program up for longer than it wants to wait for a server. When it goes on, its timers come
 * first, and what has arrived meanwhile comes after them: it was in time, and must not be lost.
 */
const pki = await makePki()

/** Connections of this process to a server on loopback, by /proc/net/tcp: how many bytes wait to be read from each that is open. */
function waitingFrom(serverPort: number): number[] {
  const peer = `:${serverPort.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, , remote, state]) => remote?.endsWith(peer) === true && state === '01')
    .map(([, , , , queues = '']) => Number.parseInt(queues.split(':')[1] ?? '0', 16))
}

/** Keeps this process from doing anything else, as a busy computer does. */
function holdUpUntil(isSo: () => boolean): void {
  while (!isSo());
}

const required = { clientAuth: 'required', clientCa: pki.clientCa, identity: pki.server.usual } as const
const onlySetTimeout = { toFake: ['setTimeout', 'clearTimeout'] } satisfies Parameters<typeof vi.useFakeTimers>[0]

let server: RunningServer | null = null
/** A server waits with real timers until it is there. */
async function start(starting: Promise<RunningServer>): Promise<RunningServer> {
  const started = await starting
  server = started
  vi.useFakeTimers(onlySetTimeout)
  return started
}
afterEach(async () => {
  vi.useRealTimers()
  await server?.stop()
  server = null
})

describe('What arrived before the time limit counts', () => {
  it('an alert in front of a reset, where the wait for a word on the certificate is over', async () => {
    const { port, rootPem } = await start(startStunnel(required))
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const session = secure({
      socket,
      hostname: usualHostname,
      pinnedKey: null,
      context: bareContext(systemRoots(), [rootPem]),
      presenting: false,
      known: null,
      roots: [rootPem],
      rootLists: () => [],
      protocols: ['http/1.1'],
      remoteAddress: '127.0.0.1',
      now: new Date(),
    })
    await session.ready
    const accepted = session.accepted(100)
    holdUpUntil(() => waitingFrom(port).length === 0)
    vi.advanceTimersByTime(100)
    // BoringSSL names the same alert after an older version.
    await expect(accepted).rejects.toMatchObject({ code: expect.stringMatching(/_ALERT_CERTIFICATE_REQUIRED$/u) })
    socket.destroy()
  })

  it('an answer, where the time for the whole attempt is over', async () => {
    const { port, rootPem } = await start(
      startTls({ ...required, clientAuth: 'none' }, (socket) => {
        socket.on('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHello')
          holdUpUntil(() => waitingFrom(port).some((bytes) => bytes > 0))
          vi.advanceTimersByTime(10_000)
        })
      }),
    )
    const { without } = await directProbe().test(probeInput(port, { extraRoots: [rootPem], timeoutMs: 10_000 }))
    expect(without.attempt.outcome).toMatchObject({ kind: 'answered', status: 200, body: 'Hello' })
  })

  it('a connection, where the time for connecting is over', async () => {
    const { port } = await start(startRaw(() => undefined))
    const resolver: Resolver = {
      async resolve() {
        // The system connects to a server on loopback at once.
        setImmediate(() => vi.advanceTimersByTime(1_000))
        return [{ address: '127.0.0.1', family: 4 }]
      },
    }
    const host = { hostname: usualHostname, port, connectTo: null }
    const signal = new AbortController().signal
    const dialled = await dial({ host, proxy: null, family: null, resolver, timeoutMs: 1_000, signal })
    expect(dialled).toMatchObject({ ok: true })
    if (dialled.ok) dialled.socket.destroy()
  })

  it('the words of a page, where the time for it is over', async () => {
    let goOn = () => {}
    const { port } = await start(
      startRaw((socket) => {
        socket.write('The first words')
        goOn = () => socket.write(' and the last.')
      }),
    )
    const socket = connect(port, '127.0.0.1')
    const page = readPage(socket)
    await once(socket, 'data')
    goOn()
    holdUpUntil(() => waitingFrom(port).some((bytes) => bytes > 0))
    vi.advanceTimersByTime(1_500)
    expect(await page).toMatchObject({ body: 'The first words and the last.' })
    socket.destroy()
  })
})

it('A connection is made again where a failed write has destroyed what the server said', async () => {
  const site = await startTls({ ...required, clientAuth: 'optional' }, (socket) => {
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHello'))
  })
  const open: Socket[] = []
  const { port } = await start(
    startRaw((socket) => {
      open.push(socket)
      const inner = connect(site.port, '127.0.0.1')
      inner.on('error', () => undefined)
      socket.pipe(inner).pipe(socket)
      socket.on('close', () => inner.destroy())
    }),
  )
  vi.useRealTimers()
  const input = probeInput(port, { extraRoots: [site.rootPem] })
  const { host } = input
  const cut = {
    ...host,
    /** Read just before the request is written. */
    get path() {
      if (open.length === 1) {
        open[0]?.resetAndDestroy()
        holdUpUntil(() => waitingFrom(port).length === 0)
      }
      return host.path
    },
  }
  const { without } = await directProbe().test({ ...input, host: cut })
  expect(without.attempt.outcome).toMatchObject({ kind: 'answered', status: 200 })
  expect(open).toHaveLength(2)
  await site.stop()
})
