import { lookup } from 'node:dns/promises'

export interface ResolvedAddress {
  address: string
  family: 4 | 6
}

/** Name → addresses, in the order to try. Injected, so that tests and the lab need no real DNS. */
export interface Resolver {
  resolve(hostname: string): Promise<ResolvedAddress[]>
}

/** The system's own resolver (getaddrinfo): hosts file, VPN split DNS and all, as a browser would see it. */
export const systemResolver: Resolver = {
  async resolve(hostname) {
    const found = await lookup(hostname, { all: true, verbatim: true })
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
  },
}
