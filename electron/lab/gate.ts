import type { Decision } from './policy'
import type { ClientVerdict } from './verify'

/** What the practice account of Access says of the site. */
export interface GateState {
  /** The CAs that are uploaded for the site, DER. Without one, no certificate is asked for. */
  cas: Uint8Array[]
  /** Whether the certificate is sent on to the application. */
  forwards: boolean
  /** What becomes of a request to this path. */
  decide(path: string, verified: ClientVerdict): Decision
}

/** Null while the account has nothing to do with the site: its own policy decides then. */
export type Gate = () => Promise<GateState | null>

/** For a site that no account has a say in. */
export const noGate: Gate = async () => null
