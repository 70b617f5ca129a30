import { issueAsRequested } from '#electron/pki/authority/client'
import { keySha256 } from '#electron/pki/keys'
import { certificatePem } from '#electron/pki/x509/pem'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { LabPolicy } from '#shared/model/lab'
import type { LabScenario } from '#shared/model/lab-scenario'
import { labIssuer } from './announcement'
import type { Gate } from './gate'
import { createLabPki, labHostname, lifetimeDays } from './pki'
import { createRevocationList } from './revocation'
import { startLabServer } from './server'
import { createTokenSigner } from './token'

/** A running practice site. Its CA keys are kept in memory only. */
export interface RunningLab {
  hostname: typeof labHostname
  port: number
  /** Where requests are signed, whatever is broken at the site. */
  issuePort: number
  /** PEM of the root of the *server's* certificate: an extra trust anchor for the probe, never for an OS store. */
  serverRootPem: string
  /** SHA-256 hex of the server key's SubjectPublicKeyInfo, for browser mode's pin. */
  serverKeySha256: string
  /** DER of the client CA: intermediate first, then root. */
  clientChain: Uint8Array[]
  policy(): LabPolicy
  setPolicy(policy: LabPolicy): void
  /** Breaks the site in this way, or mends it (null). */
  use(scenario: LabScenario | null): Promise<void>
  /** Signs a CSR (DER) as a client certificate: v3, EKU clientAuth, 30 days. Returns the leaf's DER. */
  issue(requestDer: Uint8Array): Promise<Uint8Array>
  /** Adds a serial number (in the format of `CertificateView`) to the issuer's revocation list. */
  revoke(serial: string): Promise<void>
  /** The JWKS for checking the tokens that it signs. */
  jwks(): { keys: Record<string, unknown>[] }
  /** The `iss` of its tokens. */
  issuer: string
  stop(): Promise<void>
}

export type StartLab = () => Promise<RunningLab>

/** The practice site: an Access simulator with a temporary CA of its own. It listens on loopback and needs no account. */
export function createLab({ clock, random, gate }: { clock: Clock; random: Random; gate: Gate }): StartLab {
  return async () => {
    const hex = (length: number) => Buffer.from(random.bytes(length)).toString('hex')
    const [pki, tokens] = await Promise.all([createLabPki(clock.now()), createTokenSigner(hex(32), hex(32))])
    let policy: LabPolicy = { action: 'service-auth', rule: { kind: 'valid-certificate' } }
    const issuer = {
      issuerCertificate: pki.clientIntermediate.certificate,
      issuerKey: pki.clientIntermediate.pkcs8,
    }
    const revocations = await createRevocationList(issuer, clock, lifetimeDays)
    const issue = (requestDer: Uint8Array) =>
      issueAsRequested({
        requestDer,
        ...issuer,
        days: lifetimeDays,
        now: clock.now(),
      })
    const server = await startLabServer({
      pki,
      tokens,
      clock,
      random,
      policy: () => policy,
      gate,
      crl: revocations.current,
      issue,
    })
    return {
      hostname: labHostname,
      port: server.port,
      issuePort: server.issuePort,
      serverRootPem: certificatePem(pki.serverRoot.certificate),
      serverKeySha256: keySha256(pki.server.spki),
      clientChain: [pki.clientIntermediate.certificate, pki.clientRoot.certificate],
      policy: () => policy,
      setPolicy(next) {
        policy = next
      },
      use: server.use,
      issue,
      revoke: revocations.revoke,
      jwks: () => tokens.jwks,
      issuer: labIssuer(labHostname, server.port),
      stop: server.stop,
    }
  }
}
