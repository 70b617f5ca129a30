import { createPrivateKey, X509Certificate } from 'node:crypto'
import { certificateSha256 } from '#electron/pki/x509/read'
import { systemClock } from '#electron/platform/clock'
import type { Resolver } from '#electron/platform/resolver'
import { createDirectProbe } from '#electron/probe/direct'
import type { ProbeIdentity, ProbeInput, TokenKeys } from '#electron/probe/probe'
import { systemRoots } from '#electron/probe/roots'
import { Sha256 } from '#shared/model/ids'

/** Names of tests lead to loopback; everything else does not exist. */
export const testResolver: Resolver = {
  async resolve(hostname) {
    if (hostname.endsWith('.localhost')) return [{ address: '127.0.0.1', family: 4 }]
    throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' })
  },
}

export const noKeys: TokenKeys = { keysFor: async () => ({ kind: 'unreachable' }) }

export const directProbe = () =>
  createDirectProbe({ resolver: testResolver, clock: systemClock, tokenKeys: noKeys, roots: systemRoots })

export function probeInput(
  port: number,
  changes: Partial<Omit<ProbeInput, 'host'>> & { hostname?: string; path?: string; pinnedKey?: string } = {},
): ProbeInput {
  const { hostname = 'access.latchkey.localhost', path = '/', pinnedKey, ...rest } = changes
  return {
    host: {
      hostname,
      port,
      path,
      connectTo: null,
      pinnedKey: pinnedKey === undefined ? null : Sha256.parse(pinnedKey),
      practice: false,
    },
    identity: null,
    extraRoots: [],
    extraRootsFrom: 'the test’s own',
    proxy: null,
    family: null,
    http1: false,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...rest,
  }
}

/** A certificate with its key, as PEM from openssl, the way the services hand it over. */
export function identityFrom(certificatePem: string, keyPem: string, issuersPem = ''): ProbeIdentity {
  const blocks =
    `${certificatePem}${issuersPem}`.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu) ?? []
  const certificates = blocks.map((block) => new Uint8Array(new X509Certificate(block).raw))
  const [leaf] = certificates
  if (leaf === undefined) throw new Error('No certificate.')
  return {
    certificates,
    pkcs8: createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' }),
    sha256: certificateSha256(leaf),
  }
}
