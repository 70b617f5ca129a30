import type { AskServer } from '#electron/platform/ask-server'
import type { Resolver } from '#electron/platform/resolver'
import { AppError } from '#shared/errors'
import { dial } from './dial'
import type { ProxyAnswer } from './proxies'

interface AskThroughProxyPorts {
  askServer: AskServer
  resolver: Resolver
  /** As for the connection test: the environment first, then the system. This computer needs none. */
  proxyFor(site: { hostname: string; port: number }): Promise<ProxyAnswer>
}

/**
 * As `askServer`, through the proxy that a connection test of the same address would use. The proxy gets the name alone: TLS ends at
 * the server itself. Rejects with the reason in words, as that does.
 */
export function createAskThroughProxy({ askServer, resolver, proxyFor }: AskThroughProxyPorts): AskServer {
  return async (question) => {
    const { url, timeoutMs, signal = new AbortController().signal } = question
    const hostname = url.hostname.replace(/^\[(.*)\]$/u, '$1')
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const { proxy } = await proxyFor({ hostname, port })
    if (proxy === null || url.protocol !== 'https:') return askServer(question)
    const host = { hostname, port, connectTo: null }
    const reached = await dial({ host, proxy, family: null, resolver, timeoutMs, signal })
    if (reached.ok) return askServer({ ...question, socket: reached.socket })
    if (reached.reason === 'cancelled') throw new AppError('cancelled')
    throw new Error(`The proxy ${reached.proxy?.address ?? proxy.hostname} did not connect: ${reached.detail}`)
  }
}
