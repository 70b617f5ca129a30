import { connect, isIP, type Socket } from 'node:net'
import type { ResolvedAddress, Resolver } from '#electron/platform/resolver'
import type { FailureReason, Phase, ProxyView } from '#shared/model/attempt'
import type { ConnectTo, Host } from '#shared/model/host'
import { startDeadline } from './deadline'
import { codeOrMessage } from './error-code'
import type { ProxyServer } from './probe'
import { addressOf, askForTunnel } from './tunnel'

/** `proxy` is the one that was asked, with its answer. */
export type DialResult = { proxy: ProxyView | null; dns: number | null } & (
  | { ok: true; socket: Socket; address: string; tcp: number }
  | { ok: false; reason: FailureReason; detail: string; phase: Phase }
)

export interface DialInput {
  host: Pick<Host, 'hostname' | 'port' | 'connectTo'>
  /** Through this one; null: directly. */
  proxy: ProxyServer | null
  /** Only addresses of this family; null for any. */
  family: 4 | 6 | null
  resolver: Resolver
  /** Milliseconds for the name and all addresses together. */
  timeoutMs: number
  signal: AbortSignal
}

/** How long an address may keep silent before the next one is tried beside it (RFC 8305 §5). */
const headStartMs = 250

/**
 * Name to connected socket. Addresses are tried in the resolver's order, each with a head start, so that one which
 * swallows packets does not use up the time of the others. `connectTo` replaces name and port as curl's `--connect-to`
 * does. Times are in milliseconds. Never throws.
 */
export async function dial(input: DialInput): Promise<DialResult> {
  const { host, proxy, timeoutMs, signal } = input
  const target = host.connectTo ?? { address: host.hostname, port: host.port }
  const deadline = startDeadline(timeoutMs, signal)
  try {
    if (proxy === null) return { proxy: null, ...(await reach(target, input, deadline.passed)) }
    return await throughProxy(target, proxy, input, deadline.passed)
  } finally {
    deadline.end()
  }
}

type Reached = { dns: number | null } & (
  | { ok: true; socket: Socket; address: string; tcp: number }
  | { ok: false; reason: FailureReason; detail: string; phase: Phase }
)

async function reach(target: ConnectTo, { resolver, family }: DialInput, passed: Promise<string>): Promise<Reached> {
  const started = performance.now()
  const found = await Promise.race([lookUp(target.address, resolver, family), passed])
  const dns = isIP(target.address) === 0 ? performance.now() - started : null
  if (typeof found === 'string')
    return { ok: false, reason: reasonOf(found), detail: `${found} while looking up the name`, dns, phase: 'lookup' }
  if (!found.ok) return { ok: false, reason: lookUpReason(found.code), detail: found.code, dns, phase: 'lookup' }
  const first = await connectFirst(found.addresses, target.port, passed)
  if ('socket' in first) return { ok: true, ...first, dns }
  return { ok: false, reason: reasonOf(first.code), detail: `${first.code} at ${first.address}`, dns, phase: 'connect' }
}

/** The proxy gets the name as it was typed, and looks it up itself. It never sees a certificate. */
async function throughProxy(
  target: ConnectTo,
  proxy: ProxyServer,
  input: DialInput,
  passed: Promise<string>,
): Promise<DialResult> {
  const view: ProxyView = { address: addressOf(proxy), from: proxy.from, status: null }
  const reached = await reach({ address: proxy.hostname, port: proxy.port }, input, passed)
  if (!reached.ok) {
    if (reached.reason === 'cancelled') return { ...reached, proxy: view }
    return { ...reached, reason: 'proxy-unreachable', phase: 'proxy', proxy: view }
  }
  const { dns, socket, address } = reached
  const before = performance.now()
  const answer = await Promise.race([askForTunnel(socket, target, proxy), passed])
  if (typeof answer !== 'string' && answer.kind === 'open')
    return {
      ok: true,
      socket: answer.socket,
      address,
      tcp: performance.now() - before + reached.tcp,
      dns,
      proxy: { ...view, status: 200 },
    }
  socket.destroy()
  if (typeof answer === 'string') {
    const reason = answer === 'ABORTED' ? 'cancelled' : 'proxy-unreachable'
    return { ok: false, reason, detail: `${answer} while waiting for the proxy`, dns, phase: 'proxy', proxy: view }
  }
  if (answer.kind === 'failed')
    return { ok: false, reason: 'proxy-unreachable', detail: answer.code, dns, phase: 'proxy', proxy: view }
  const { status } = answer
  return {
    ok: false,
    reason: proxyReason(status),
    detail: `The proxy answered ${status}.`,
    dns,
    phase: 'proxy',
    proxy: { ...view, status },
  }
}

/** RFC 9110 §15: 407 asks for credentials; the 5xx mean that the proxy itself got nowhere. */
function proxyReason(status: number): FailureReason {
  if (status === 407) return 'proxy-wants-login'
  return status >= 500 ? 'proxy-cannot-connect' : 'proxy-refused'
}

type LookedUp = { ok: true; addresses: ResolvedAddress[] } | { ok: false; code: string }

async function lookUp(name: string, resolver: Resolver, wanted: 4 | 6 | null): Promise<LookedUp> {
  const family = isIP(name)
  if (family !== 0) return { ok: true, addresses: [{ address: name, family: family === 6 ? 6 : 4 }] }
  try {
    const found = await resolver.resolve(name)
    const addresses = wanted === null ? found : found.filter((address) => address.family === wanted)
    return addresses.length > 0 ? { ok: true, addresses } : { ok: false, code: 'The name has no address.' }
  } catch (error) {
    return { ok: false, code: codeOrMessage(error) }
  }
}

/** A name server that does not answer says nothing about the name. */
const lookUpReason = (code: string) => (code === 'EAI_AGAIN' ? 'name-server-silent' : 'name-unknown')

interface Connection {
  socket: Socket
  address: string
  tcp: number
}

interface NotConnected {
  code: string
  address: string
}

/** The first address to answer; otherwise the most telling of the errors. */
function connectFirst(
  addresses: ResolvedAddress[],
  port: number,
  passed: Promise<string>,
): Promise<Connection | NotConnected> {
  return new Promise((resolve) => {
    const open = new Set<Socket>()
    const waiting = [...addresses]
    let problem: NotConnected | null = null
    let latest = ''
    let timer: NodeJS.Timeout | undefined

    const end = (result: Connection | NotConnected) => {
      clearTimeout(timer)
      waiting.length = 0
      for (const socket of open) if (!('socket' in result) || socket !== result.socket) socket.destroy()
      resolve(result)
    }
    const startNext = () => {
      clearTimeout(timer)
      const address = waiting.shift()?.address
      if (address === undefined) return
      latest = address
      timer = setTimeout(startNext, headStartMs)
      const before = performance.now()
      const socket = connect({ host: address, port })
      open.add(socket)
      socket.once('connect', () => {
        socket.removeAllListeners('error')
        socket.setNoDelay(true)
        end({ socket, address, tcp: performance.now() - before })
      })
      socket.once('error', (error) => {
        open.delete(socket)
        if (problem === null || reasonOf(problem.code) === 'unreachable')
          problem = { code: codeOrMessage(error), address }
        if (waiting.length > 0) startNext()
        else if (open.size === 0) end(problem)
      })
    }
    passed.then((code) => end({ code, address: latest }))
    startNext()
  })
}

/** System error codes of getaddrinfo(3), connect(2) and of the socket afterwards. */
export function reasonOf(code: string): FailureReason {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection-refused'
    case 'ETIMEDOUT':
      return 'timeout'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection-reset'
    case 'ABORTED':
      return 'cancelled'
    case 'ENOTFOUND':
      return 'name-unknown'
    case 'EAI_AGAIN':
      return 'name-server-silent'
    default:
      return 'unreachable'
  }
}
