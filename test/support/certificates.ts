import { issueAsRequested } from '#electron/pki/authority/client'
import { createIntermediate } from '#electron/pki/authority/intermediate'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { decodePem } from '#electron/pki/containers/pem'
import { generateKey, type KeyPair } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { RequestDraft, SubjectDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'

/** A small PKI of our own making: root, intermediate, client. */
export interface SmallPki {
  root: NewAuthority
  intermediate: NewAuthority
  client: KeyPair & { certificate: Uint8Array; requestDer: Uint8Array }
}

/** Of a CRL that is written now, with the next one in so many days. */
export const crlDates = (now: Date, days: number) => ({
  now,
  thisUpdate: now,
  nextUpdate: new Date(now.getTime() + days * 86_400_000),
})

export const named = (commonName: string) => SubjectDraft.parse({ commonName })

export async function makeSmallPki(now: Date, algorithm: KeyAlgorithm = 'p-256'): Promise<SmallPki> {
  const root = await createRoot({ subject: named('Small Root'), algorithm: 'p-256', days: 100, now })
  const issuer = { issuerCertificate: root.certificate, issuerKey: root.pkcs8 }
  const common = { algorithm: 'p-256', days: 50, now } as const
  const intermediate = await createIntermediate({ subject: named('Small Intermediate'), ...common, ...issuer })
  const key = await generateKey(algorithm)
  const requestDer = await createRequest(RequestDraft.parse({ subject: named('John Doe') }), key.pkcs8)
  const certificate = await issueAsRequested({
    requestDer,
    issuerCertificate: intermediate.certificate,
    issuerKey: intermediate.pkcs8,
    days: 20,
    now,
  })
  return { root, intermediate, client: { ...key, certificate, requestDer } }
}

/** The first block of a PEM text. */
export function derOf(pem: string | Buffer): Uint8Array {
  const [block] = decodePem(pem.toString('latin1'))
  if (block === undefined) throw new Error('no PEM block')
  return block.der
}
