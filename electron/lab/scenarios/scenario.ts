import type { Socket } from 'node:net'
import type { LabPolicy } from '#shared/model/lab'
import type { LabPki } from '../pki'
import type { TokenFault } from '../token'

export interface Page {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** What comes instead of an answer: nothing at all, the end of the connection, or bytes that are not HTTP. */
export type Reply = Page | 'nothing' | 'cut' | { bytes: string }

/** A server's certificate with what is sent along, leaf first, and its key; PEM. */
export interface ServerIdentity {
  cert: string
  key: string
  /** Signed with an algorithm that OpenSSL refuses to serve. */
  isWeak?: true
}

/** What is broken at the practice site. All that is left out works as usual. */
export interface Scenario {
  /** What the server does on the bare connection, where it speaks no TLS. */
  bare?(socket: Socket): void
  /** The number of the alert that answers a certificate; null: the connection ends without one. */
  alert?: number | null
  certificate?(pki: LabPki, now: Date): Promise<ServerIdentity>
  /** Only every second connection meets that certificate. */
  isEverySecond?: true
  /** Whether a client certificate is asked for. */
  asks?: false
  /** The CAs that the server names when it asks; PEM. */
  issuers?(now: Date): Promise<string[]>
  /**
   * The only signature scheme that the server takes, and makes, as OpenSSL names it. Only TLS 1.3 ties such a scheme to one
   * type of key (RFC 8446 §4.2.3), so nothing older is spoken then.
   */
  signatureScheme?: string
  policy?: LabPolicy
  /** What is found wrong with a certificate that is fine, in OpenSSL's words. */
  failure?: string
  /** How far the server's clock is ahead. */
  clockShiftMs?: number
  /** In place of whatever Access would decide. */
  everyone?(isShown: boolean): Reply
  /** In place of the application's page. */
  inside?: Reply
  /** Access lets in whoever comes, and says that it guards the address. */
  isOpen?: true
  tokenFault?: TokenFault
}
