import type { LabPolicy } from '#shared/model/lab'
import type { labHostname } from './pki'

/** What the running lab is made of. All in memory; its CA keys never touch the disk. */
export interface RunningLab {
  hostname: typeof labHostname
  port: number
  /** PEM of the root that signed the lab *server's* certificate: for the probe's extra roots, never for an OS store. */
  serverRootPem: string
  /** SHA-256 hex of the server key's SubjectPublicKeyInfo, for browser mode's pin. */
  serverKeySha256: string
  /** DER of the client CA: intermediate first, then root. */
  clientChain: Uint8Array[]
  policy(): LabPolicy
  setPolicy(policy: LabPolicy): void
  /** Signs a CSR (DER) as a client certificate: v3, EKU clientAuth, 30 days. Returns the leaf's DER. */
  issue(requestDer: Uint8Array): Promise<Uint8Array>
  /** Puts a serial (as `CertificateView` spells it) on the issuer's revocation list. */
  revoke(serial: string): Promise<void>
  /** The lab's own JWKS, for checking the tokens it signs. */
  jwks(): { keys: Record<string, unknown>[] }
  /** The `iss` of its tokens. */
  issuer: string
  stop(): Promise<void>
}

export type StartLab = () => Promise<RunningLab>
