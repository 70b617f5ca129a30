import type { CertificateRow } from '#electron/database/identity-rows'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'

/** As the database keeps a certificate (DER). */
export function certificateRow(der: Uint8Array): CertificateRow {
  const { issuer, notBefore, notAfter } = viewCertificate(der)
  return { sha256: certificateSha256(der), der, issuer, notBefore, notAfter }
}
