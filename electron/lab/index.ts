import { issueAsRequested } from '#electron/pki/authority/client'
import { keySha256 } from '#electron/pki/keys'
import { certificatePem } from '#electron/pki/x509/pem'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { LabPolicy } from '#shared/model/lab'
import { labIssuer } from './description'
import type { StartLab } from './lab'
import { createLabPki, labHostname, lifetimeDays } from './pki'
import { createRevocationList } from './revocation'
import { startLabServer } from './server'
import { createTokenSigner } from './token'

/** The practice site: an Access simulator with its own throw-away CA, on loopback, without an account. */
export function createLab({ clock, random }: { clock: Clock; random: Random }): StartLab {
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
      crl: revocations.current,
      issue,
    })
    return {
      hostname: labHostname,
      port: server.port,
      serverRootPem: certificatePem(pki.serverRoot.certificate),
      serverKeySha256: keySha256(pki.server.spki),
      clientChain: [pki.clientIntermediate.certificate, pki.clientRoot.certificate],
      policy: () => policy,
      setPolicy(next) {
        policy = next
      },
      issue,
      revoke: revocations.revoke,
      jwks: () => tokens.jwks,
      issuer: labIssuer(labHostname, server.port),
      stop: server.stop,
    }
  }
}
