import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ProbeIdentity, ProxyServer } from '#electron/probe/probe'
import { createProxyFinder } from '#electron/probe/proxies'
import { startHttpsSite } from '../../../support/https-site'
import { openWorkshop } from '../../../support/openssl'
import { listen, nothingListens } from '../../../support/ports'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

const open: Server[] = []
afterEach(() => {
  for (const made of open.splice(0)) made.close()
})

let client: ProbeIdentity
beforeAll(async () => {
  const workshop = await openWorkshop()
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'client.key']
  await workshop.openssl('req', '-x509', ...key, '-out', 'client.pem', '-subj', '/CN=client', '-days', '9')
  client = identityFrom(String(await workshop.read('client.pem')), String(await workshop.read('client.key')))
  await workshop.remove()
})

/** A proxy that answers CONNECT with `status`, and keeps what it was sent before the tunnel. */
async function proxy(status: number) {
  const heard: string[] = []
  const made = createServer((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (chunk) => {
      heard.push(chunk.toString('latin1'))
      const port = Number(/^CONNECT [^ ]*:(\d+) /u.exec(chunk.toString('latin1'))?.[1])
      socket.write(`HTTP/1.1 ${status} Answered\r\nX: y\r\n\r\n`)
      if (status !== 200) {
        socket.end()
        return
      }
      const onwards = connect({ port, host: '127.0.0.1' })
      onwards.on('error', () => undefined)
      socket.pipe(onwards)
      onwards.pipe(socket)
    })
  })
  open.push(made)
  return { port: await listen(made), heard }
}

const via = (port: number, changes: Partial<ProxyServer> = {}): ProxyServer => ({
  protocol: 'http',
  hostname: '127.0.0.1',
  port,
  credentials: null,
  from: 'environment',
  ...changes,
})

describe('through a proxy', () => {
  it('reaches the site, and shows the certificate to the site alone', async () => {
    const site = await startHttpsSite((_request, response) => response.end('here'))
    const { port, heard } = await proxy(200)
    const input = probeInput(site.port, {
      proxy: via(port),
      identity: client,
      hostname: site.hostname,
      extraRoots: [site.rootPem],
    })
    const { without, with: presented } = await directProbe().test(input)
    expect(without.attempt).toMatchObject({
      outcome: { status: 200, body: 'here' },
      proxy: { address: `http://127.0.0.1:${port}`, from: 'environment', status: 200 },
    })
    expect(presented?.attempt.outcome).toMatchObject({ status: 200 })
    expect(heard).toEqual(
      Array(2).fill(`CONNECT ${site.hostname}:${site.port} HTTP/1.1\r\nHost: ${site.hostname}:${site.port}\r\n\r\n`),
    )
  })

  it('asks the proxy about a name that nobody here knows', async () => {
    const site = await startHttpsSite((_request, response) => response.end('here'))
    const { port } = await proxy(200)
    const input = probeInput(site.port, { proxy: via(port), hostname: 'inside.example' })
    expect((await directProbe().test(input)).without.attempt.outcome).toMatchObject({ status: 200 })
  })

  it.each([
    [407, 'proxy-wants-login'],
    [403, 'proxy-refused'],
    [302, 'proxy-refused'],
    [502, 'proxy-cannot-connect'],
    [504, 'proxy-cannot-connect'],
  ])('tells an answer %i apart', async (status, reason) => {
    const { port } = await proxy(status)
    const { attempt } = (await directProbe().test(probeInput(443, { proxy: via(port) }))).without
    expect(attempt).toMatchObject({ outcome: { reason, phase: 'proxy' }, proxy: { status } })
  })

  it('sends name and password at once, and shows them nowhere', async () => {
    const { port, heard } = await proxy(407)
    const credentials = { user: 'ada', password: 'planted secret' }
    const seen = await directProbe().test(probeInput(443, { proxy: via(port, { credentials }) }))
    expect(heard[0]).toContain(`Proxy-Authorization: Basic ${Buffer.from('ada:planted secret').toString('base64')}\r\n`)
    expect(JSON.stringify(seen)).not.toMatch(/planted|ada/u)
  })

  it('has no proxy to speak to', async () => {
    const { outcome } = (await directProbe().test(probeInput(443, { proxy: via(nothingListens) }))).without.attempt
    expect(outcome).toMatchObject({ reason: 'proxy-unreachable', phase: 'proxy' })
  })

  it.each([
    ['is no HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['never ends', 'x'.repeat(40_000)],
  ])('is told so where the answer %s', async (_what, bytes) => {
    const made = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.write(bytes))
    })
    open.push(made)
    const { outcome } = (await directProbe().test(probeInput(443, { proxy: via(await listen(made)) }))).without.attempt
    expect(outcome).toMatchObject({ reason: 'proxy-unreachable' })
  })

  it('does not trust an encrypted proxy that nobody vouches for', async () => {
    const site = await startHttpsSite((_request, response) => response.end('proxy'))
    const secret = { user: 'ada', password: 'planted secret' }
    const input = probeInput(443, { proxy: via(site.port, { protocol: 'https', credentials: secret }) })
    expect((await directProbe().test(input)).without.attempt.outcome).toMatchObject({ reason: 'proxy-unreachable' })
  })
})

describe('which proxy', () => {
  const site = { hostname: 'a.acme.example', port: 443 }
  const find = (https: string | null, except: string | null = null, system: string | null = null, asked = site) =>
    createProxyFinder({
      variables: { https, all: null, except },
      system: system === null ? null : async () => system,
    })(asked)

  it.each<[string, string | null]>([
    ['http://proxy:3128', 'http proxy 3128'],
    ['proxy:3128', 'http proxy 3128'],
    ['http://proxy', 'http proxy 1080'],
    ['http://proxy:80/', 'http proxy 80'],
    ['https://proxy', 'https proxy 443'],
    ['http://proxy:3128/some/path', 'http proxy 3128'],
    ['http://a%zz@proxy:3128', 'http proxy 3128'],
    ['http://ada:12@proxy', 'http proxy 1080'],
    ['http://[2001:db8::1]:8080', 'http 2001:db8::1 8080'],
    ['socks5://proxy:1080', null],
    ['http://', null],
  ])('reads %s as curl does', async (text, expected) => {
    const { proxy: found } = await find(text)
    expect(found === null ? null : `${found.protocol} ${found.hostname} ${found.port}`).toBe(expected)
  })

  it('reads a name and a password', async () => {
    expect((await find('http://ada:p%40ss@proxy:1')).proxy?.credentials).toEqual({ user: 'ada', password: 'p@ss' })
  })

  it.each([
    ['*', false],
    ['acme.example', false],
    ['.acme.example', false],
    ['other.example, ACME.example', false],
    ['a.acme.example:443', false],
    ['a.acme.example:8443', true],
    ['me.example', true],
    ['', true],
  ])('leaves out what NO_PROXY=%s names', async (except, uses) => {
    expect((await find('http://proxy:1', except)).proxy !== null).toBe(uses)
  })

  it('never sends this computer through a proxy', async () => {
    for (const hostname of ['localhost', '127.0.0.1', '::1'])
      expect(await find('http://proxy:1', null, null, { hostname, port: 443 })).toEqual({ proxy: null, unused: null })
  })

  it.each([
    ['DIRECT', null],
    ['PROXY proxy:8080; DIRECT', 'http proxy 8080'],
    ['HTTPS proxy:8443', 'https proxy 8443'],
    ['SOCKS5 proxy:1; PROXY other:2', 'http other 2'],
    ['rubbish', null],
  ])('takes what the system says: %s', async (answer, expected) => {
    const { proxy: found } = await find(null, null, answer)
    expect(found === null ? null : `${found.protocol} ${found.hostname} ${found.port}`).toBe(expected)
    expect(found?.from ?? 'system').toBe('system')
  })

  it.each([
    ['socks5://ada:secret@proxy:1080', 'socks5://proxy:1080'],
    ['SOCKS5H://proxy', 'socks5h://proxy'],
    ['socks4://[2001:db8::1]:1080/', 'socks4://[2001:db8::1]:1080'],
    ['socks://proxy:1', 'socks://proxy:1'],
    ['sockspuppet:1080', null],
    ['http://proxy:1', null],
  ])('says of %s that it is not used', async (text, address) => {
    expect((await find(text)).unused).toEqual(address === null ? null : { address, from: 'environment' })
    // What is left out needs no proxy.
    expect((await find(text, '*')).unused).toBeNull()
  })

  it.each([
    ['SOCKS5 proxy:1080', 'socks5://proxy:1080'],
    ['SOCKS proxy:1080; DIRECT', 'socks://proxy:1080'],
    ['SOCKS4 one:1; SOCKS5 two:2', 'socks4://one:1'],
    ['DIRECT; SOCKS5 proxy:1080', null],
    ['SOCKS5 proxy:1; PROXY other:2', null],
    ['DIRECT', null],
  ])('says what of the system’s answer is not used: %s', async (answer, address) => {
    expect((await find(null, null, answer)).unused).toEqual(address === null ? null : { address, from: 'system' })
  })
})
