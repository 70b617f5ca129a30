import { AppError } from '#shared/errors'
import { certificateKey, extensionOf, isAuthority, parseCertificate } from '../certificate'
import { ids } from '../extensions'
import { clientFor } from './client'
import { subjectOf } from './distinct'
import type { OpenIssuer } from './issuer'

/**
 * The same subject, key and alternative names with a new serial number and new dates; DER. `certificate`: the one to be
 * renewed, DER. Errors: `certificate-is-authority`, and those of `issueClient`.
 */
export function renewClient(
  issuer: OpenIssuer,
  { certificate, days, now }: { certificate: Uint8Array; days: number; now: Date },
): Promise<Uint8Array> {
  if (isAuthority(certificate)) throw new AppError('certificate-is-authority')
  const names = extensionOf(parseCertificate(certificate), ids.subjectAlternativeName)
  const spki = certificateKey(certificate)
  return clientFor(issuer, subjectOf(certificate), names === null ? [] : [names], { spki, days, now })
}
