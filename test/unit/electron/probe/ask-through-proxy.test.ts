import { afterEach, expect, it } from 'vitest'
import { askServer } from '#electron/platform/ask-server'
import { systemResolver } from '#electron/platform/resolver'
import { createAskThroughProxy } from '#electron/probe/ask-through-proxy'
import { directly, parseProxy } from '#electron/probe/proxies'
import { startHttpsSite } from '../../../support/https-site'
import { nothingListens } from '../../../support/ports'
import { startProxy } from '../../../support/servers/proxy'

const site = await startHttpsSite((request, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ method: request.method, authorization: request.headers.authorization }))
})

let stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
})

async function ask(port: number | null, more: { ca?: string } = { ca: site.rootPem }) {
  const proxy = port === null ? null : parseProxy(`http://127.0.0.1:${port}`, 'environment')
  const askThrough = createAskThroughProxy({
    askServer,
    resolver: systemResolver,
    proxyFor: async () => (proxy === null ? directly : { proxy, unused: null }),
  })
  return askThrough({
    url: new URL(`${site.origin}/client/v4/accounts`),
    method: 'PUT',
    headers: { authorization: 'Bearer token' },
    body: { type: 'application/json', bytes: Buffer.from('{}') },
    maxBytes: 1000,
    timeoutMs: 10_000,
    connectTo: { address: '127.0.0.1', port: site.port },
    ...more,
  })
}

async function proxyThat(answer: string | null): Promise<number> {
  const { port, stop } = await startProxy(answer)
  stops.push(stop)
  return port
}

it('asks through a tunnel, with TLS to the server itself', async () => {
  const { status, bytes } = await ask(await proxyThat(null))
  expect(status).toBe(200)
  expect(JSON.parse(bytes.toString())).toEqual({ method: 'PUT', authorization: 'Bearer token' })
})

it('believes no server behind a proxy that it would not believe without one', async () => {
  await expect(ask(await proxyThat(null), {})).rejects.toThrow(/certificate/iu)
})

it('says that the proxy is what did not connect', async () => {
  await expect(ask(await proxyThat('HTTP/1.1 403 Forbidden\r\n\r\n'))).rejects.toThrow('The proxy answered 403.')
  await expect(ask(nothingListens)).rejects.toThrow(
    `The proxy http://127.0.0.1:${nothingListens} did not connect: ECONNREFUSED`,
  )
})

it('asks directly where no proxy is named', async () => {
  expect((await ask(null)).status).toBe(200)
})
