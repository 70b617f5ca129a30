import type { Explanation } from '../../model/access-explanation'
import type { Attempt, UnusedProxy } from '../../model/attempt'
import type { CertificateView } from '../../model/certificate'
import type { Host } from '../../model/host'
import type { NotTried, ProbeMode } from '../../model/probe'

export type Place = Pick<Host, 'hostname' | 'port' | 'path' | 'practice'>

/** The certificate that was tried, with what Latchkey knows of its issuers. */
export interface TestedIdentity {
  name: string
  certificate: CertificateView
  /** The issuers that are sent along, nearest first. */
  issuers: CertificateView[]
  /** A certificate of the same issuer and key that is valid now, where an expired one is sent. */
  newerIssuer: CertificateView | null
}

/** What Access has of this address, as the account was read at a time. Evidence only ever beside what the test saw. */
export interface AccountFacts {
  /** Of the account. */
  name: string
  /** Of the attempt that decides. Its `readAt` is said with everything that is taken from it. */
  explanation: Explanation
  /** What would let the certificate in, in a sentence; null where no single change would. */
  advice: string | null
}

/**
 * Why this computer's certificate store was not read for roots, where one may be missing: the engine has no way to, it failed,
 * or there was no answer within the time limit.
 */
export type UnreadRoots = 'unsupported' | 'failed' | 'late'

export interface TestInput {
  host: Place
  without: Attempt
  with: Attempt | null
  /** Null exactly where `with` is there. */
  notTried: NotTried | null
  identity: TestedIdentity | null
  /** A proxy that this computer names, and that was not used. */
  unusedProxy: UnusedProxy | null
  unreadRoots: UnreadRoots | null
  mode: ProbeMode
  now: Date
  /** Null where no account was read that has the hostname. */
  account: AccountFacts | null
}
