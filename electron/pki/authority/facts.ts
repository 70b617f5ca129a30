import { certificateName } from '#shared/logic/naming'
import type { Instant, Sha256 } from '#shared/model/ids'
import type { KeyCode } from '#shared/model/key'
import { viewCertificate } from '../x509/view'

/** What the list of an issuer keeps of one certificate. */
export interface CertificateFacts {
  der: Uint8Array
  sha256: Sha256
  /** As `CertificateView` spells it. */
  serial: string
  /** The whole subject where there is no Common Name. */
  commonName: string
  subject: string
  keyCode: KeyCode
  notBefore: Instant
  notAfter: Instant
}

/** Input: DER. Errors: `malformed`. */
export function factsOf(der: Uint8Array): CertificateFacts {
  const view = viewCertificate(der)
  const { sha256, serial, subject, keyCode, notBefore, notAfter } = view
  return { der, sha256, serial, commonName: certificateName(view), subject, keyCode, notBefore, notAfter }
}
