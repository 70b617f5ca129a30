import { createIntermediate } from '#electron/pki/authority/intermediate'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { issueServer } from '#electron/pki/authority/server'
import { generateKey, type KeyPair } from '#electron/pki/keys'
import { practiceHostname } from '#shared/model/access-account'
import type { SubjectDraft } from '#shared/model/identity'

/** `.localhost` never leaves the computer (RFC 6761 §6.3). */
export const labHostname = practiceHostname

/** Long enough for practice, and too short for a stolen key to be worth much. */
export const lifetimeDays = 30

export interface LabPki {
  clientRoot: NewAuthority
  clientIntermediate: NewAuthority
  serverRoot: NewAuthority
  server: KeyPair & { certificate: Uint8Array }
}

export const named = (commonName: string): SubjectDraft => ({
  commonName,
  organization: 'Latchkey practice',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
})

/**
 * Creates a temporary PKI, at every start and in memory only. Its name constraints permit only the practice site, so that even
 * a stolen key could not impersonate another site.
 */
export async function createLabPki(now: Date): Promise<LabPki> {
  const common = { algorithm: 'p-256', days: lifetimeDays, now } as const
  const [clientRoot, serverRoot, serverKey] = await Promise.all([
    createRoot({ ...common, subject: named('Latchkey Practice Root'), permittedDns: [labHostname] }),
    createRoot({ ...common, subject: named('Latchkey Practice Server Root'), permittedDns: [labHostname] }),
    generateKey('p-256'),
  ])
  const clientIntermediate = await createIntermediate({
    ...common,
    pathLength: 0,
    subject: named('Latchkey Practice CA'),
    issuerCertificate: clientRoot.certificate,
    issuerKey: clientRoot.pkcs8,
  })
  const certificate = await issueServer({
    dnsNames: [labHostname],
    spki: serverKey.spki,
    issuerCertificate: serverRoot.certificate,
    issuerKey: serverRoot.pkcs8,
    days: lifetimeDays,
    now,
  })
  return { clientRoot, clientIntermediate, serverRoot, server: { ...serverKey, certificate } }
}
