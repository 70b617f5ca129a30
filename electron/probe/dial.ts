import { connect, isIP, type Socket } from 'node:net'
import type { ResolvedAddress, Resolver } from '#electron/platform/resolver'
import type { Host } from '#shared/model/host'
import type { FailureReason } from '#shared/model/probe'

export type Dialled =
  | { ok: true; socket: Socket; address: string; dns: number | null; tcp: number }
  | { ok: false; reason: FailureReason; detail: string; dns: number | null }

export interface DialInput {
  host: Pick<Host, 'hostname' | 'port' | 'connectTo'>
  resolver: Resolver
  /** Milliseconds for all addresses together. */
  timeoutMs: number
  signal: AbortSignal
}

/**
 * Name to connected socket. Addresses are tried in the resolver's order, one after the other; `connectTo` replaces name
 * and port as curl's `--connect-to` does. Times are in milliseconds.
 */
export async function dial({ host, resolver, timeoutMs, signal }: DialInput): Promise<Dialled> {
  const target = host.connectTo ?? { address: host.hostname, port: host.port }
  const started = performance.now()
  let addresses: ResolvedAddress[]
  try {
    addresses = isIP(target.address) === 0 ? await resolver.resolve(target.address) : [literal(target.address)]
  } catch (error) {
    return { ok: false, reason: 'name-unknown', detail: codeOf(error), dns: performance.now() - started }
  }
  const dns = isIP(target.address) === 0 ? performance.now() - started : null
  let last: Dialled = { ok: false, reason: 'name-unknown', detail: 'The name has no address.', dns }
  for (const { address } of addresses) {
    const before = performance.now()
    const remaining = timeoutMs - (before - started)
    const attempt = await connectOnce(address, target.port, remaining, signal)
    if (typeof attempt !== 'string') return { ok: true, socket: attempt, address, dns, tcp: performance.now() - before }
    last = { ok: false, reason: reasonOf(attempt), detail: `${attempt} at ${address}`, dns }
    if (signal.aborted || remaining <= 0) break
  }
  return last
}

const literal = (address: string): ResolvedAddress => ({ address, family: isIP(address) === 6 ? 6 : 4 })

/** A connected socket, or the error code. */
function connectOnce(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const give = (result: Socket | string) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (typeof result === 'string') socket.destroy()
      resolve(result)
    }
    const abort = () => give('ABORTED')
    const timer = setTimeout(() => give('ETIMEDOUT'), Math.max(0, timeoutMs))
    signal.addEventListener('abort', abort, { once: true })
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      socket.setNoDelay(true)
      give(socket)
    })
    socket.once('error', (error) => give(codeOf(error)))
  })
}

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : 'unknown'
}

/** System error codes of connect(2) and of the socket afterwards. */
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
    case 'EAI_AGAIN':
      return 'name-unknown'
    default:
      return 'unreachable'
  }
}
