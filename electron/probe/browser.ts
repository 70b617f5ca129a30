import type { ProbeInput } from './probe'

/** A certificate as the browser met it at the server; DER, leaf first. `verdict` is Chromium's own. */
export interface VisitServer {
  chain: Uint8Array[]
  /** 'OK' or Chromium's error, e.g. 'ERR_CERT_AUTHORITY_INVALID'. */
  verdict: string
  pinned: boolean
  /** Chromium knows its root as a public one. */
  isPublicRoot: boolean
}

/** What one visit by a real browser engine saw. All optional parts are null where the engine does not say. */
export interface Visit {
  answer: {
    status: number
    statusText: string
    headers: { name: string; value: string }[]
    body: string
    bodyTruncated: boolean
  } | null
  /** Chromium's error, e.g. 'ERR_NAME_NOT_RESOLVED', when there was no answer. */
  error: string | null
  server: VisitServer | null
  tlsVersion: string | null
  cipher: string | null
  alpn: string | null
  remoteAddress: string | null
  /** Whether the engine came to choose among certificates of the operating system, and whether ours was offered. */
  choice: { asked: boolean; offered: boolean; candidates: number }
  timings: { dns: number | null; tcp: number | null; tls: number | null; firstByte: number | null; total: number }
}

export interface VisitInput {
  host: ProbeInput['host']
  /** SHA-256 hex of the certificate to pick from the store; null picks none. */
  choose: string | null
  timeoutMs: number
  signal: AbortSignal
}

/** Visits one address in a fresh, empty browser session. Implemented by the Electron main process. */
export interface BrowserVisitor {
  visit(input: VisitInput): Promise<Visit>
}
