import type { UnreadRoots } from '#shared/logic/test/input'
import type { Attempt, ProxyView } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'

/** What the probe presents: the same identity in both spellings. */
export interface ProbeIdentity {
  /** DER, leaf first, then its issuers. */
  certificates: Uint8Array[]
  /** PKCS#8 DER. In browser mode null: the key stays in the operating system's store. */
  pkcs8: Uint8Array | null
  sha256: string
}

/** An HTTP proxy, and who named it. */
export interface ProxyServer {
  protocol: 'http' | 'https'
  hostname: string
  port: number
  /** For Basic, the only scheme that is answered; never part of a report. */
  credentials: { user: string; password: string } | null
  from: ProxyView['from']
}

export interface ProbeInput {
  host: Pick<Host, 'hostname' | 'port' | 'path' | 'connectTo' | 'pinnedKey' | 'practice'>
  identity: ProbeIdentity | null
  /** Extra roots in PEM (the running lab's); the system's own are always there. */
  extraRoots: string[]
  /** What the extra roots are called in the report; unused without any. */
  extraRootsFrom: string
  /** Null: connect directly. */
  proxy: ProxyServer | null
  /** Only addresses of this family; null for any. */
  family: 4 | 6 | null
  /** Offer HTTP/1.1 only. */
  http1: boolean
  timeoutMs: number
  signal: AbortSignal
}

/** Cookie values and the body of one attempt: kept in memory only, never part of a report. */
export interface AttemptSecrets {
  cookies: { name: string; value: string }[]
}

export interface AttemptResult {
  attempt: Attempt
  secrets: AttemptSecrets
}

/**
 * The A/B test: two fresh connections side by side. `with` is null when there was no identity or when the server's
 * certificate is neither trusted nor pinned (the certificate is then not shown to it).
 */
export interface ProbeResult {
  without: AttemptResult
  with: AttemptResult | null
  rootsFrom: string
  /** Why roots of the operating system's store are not among them, though one may be missing; null otherwise. */
  unreadRoots: UnreadRoots | null
}

/** Direct mode and browser mode look the same from outside. Never throws for what the network does. */
export interface Probe {
  test(input: ProbeInput): Promise<ProbeResult>
}

/** The keys of the issuer that a token names. */
export type IssuerKeys =
  | { kind: 'keys'; keys: Record<string, unknown>[] }
  /** Neither a team of Cloudflare Access nor the running practice site, so no keys were requested. */
  | { kind: 'unknown' }
  /** A team's address, but no keys came from there. */
  | { kind: 'unreachable' }

/**
 * A team's signing keys (JWKS), fetched only from `https://<label>.cloudflareaccess.com`, its `.fed` sibling or the running
 * practice site. `issuer` is whatever a cookie says; never rejects.
 */
export interface TokenKeys {
  keysFor(issuer: string): Promise<IssuerKeys>
}
