import { connect, isIP, type Socket } from 'node:net'
import type { ResolvedAddress, Resolver } from '#electron/platform/resolver'
import type { Host } from '#shared/model/host'
import type { FailureReason } from '#shared/model/probe'
import { startDeadline } from './deadline'

export type DialResult =
  | { ok: true; socket: Socket; address: string; dns: number | null; tcp: number }
  | { ok: false; reason: FailureReason; detail: string; dns: number | null }

export interface DialInput {
  host: Pick<Host, 'hostname' | 'port' | 'connectTo'>
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
export async function dial({ host, resolver, timeoutMs, signal }: DialInput): Promise<DialResult> {
  const target = host.connectTo ?? { address: host.hostname, port: host.port }
  const deadline = startDeadline(timeoutMs, signal)
  const started = performance.now()
  try {
    const found = await Promise.race([lookUp(target.address, resolver), deadline.passed])
    const dns = isIP(target.address) === 0 ? performance.now() - started : null
    if (typeof found === 'string')
      return { ok: false, reason: reasonOf(found), detail: `${found} while looking up the name`, dns }
    if (!found.ok) return { ok: false, reason: lookUpReason(found.code), detail: found.code, dns }
    const first = await connectFirst(found.addresses, target.port, deadline.passed)
    if ('socket' in first) return { ok: true, ...first, dns }
    return { ok: false, reason: reasonOf(first.code), detail: `${first.code} at ${first.address}`, dns }
  } finally {
    deadline.end()
  }
}

type LookedUp = { ok: true; addresses: ResolvedAddress[] } | { ok: false; code: string }

async function lookUp(name: string, resolver: Resolver): Promise<LookedUp> {
  const family = isIP(name)
  if (family !== 0) return { ok: true, addresses: [{ address: name, family: family === 6 ? 6 : 4 }] }
  try {
    const addresses = await resolver.resolve(name)
    return addresses.length > 0 ? { ok: true, addresses } : { ok: false, code: 'The name has no address.' }
  } catch (error) {
    return { ok: false, code: codeOf(error) }
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
        if (problem === null || reasonOf(problem.code) === 'unreachable') problem = { code: codeOf(error), address }
        if (waiting.length > 0) startNext()
        else if (open.size === 0) end(problem)
      })
    }
    passed.then((code) => end({ code, address: latest }))
    startNext()
  })
}

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : 'unknown'
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
