import type { PathReason } from '#shared/model/path'
import { ids } from '../extensions'
import type { PathCertificate } from './certificate'
import { keyUsageBits } from './extensions'
import { reasonAbout } from './reasons'

/** What the first certificate of a path is to be used for. */
export type Purpose = 'client-authentication' | 'crl-signing'

interface UsageInput {
  path: PathCertificate[]
  purpose: Purpose
}

const anyPurpose = '2.5.29.37.0'

/** RFC 5280 §4.2.1.12: with clientAuth go digitalSignature and keyAgreement; servers refuse others (measured: OpenSSL). */
const neededBits: Record<Purpose, number[]> = {
  'client-authentication': [keyUsageBits.digitalSignature, keyUsageBits.keyAgreement],
  'crl-signing': [keyUsageBits.cRLSign],
}

export function ownKeyUsage({ path: [first], purpose }: UsageInput): PathReason[] {
  const usage = first?.extensions.keyUsage ?? null
  if (first === undefined || usage === null || neededBits[purpose].some((bit) => usage.has(bit))) return []
  const evidence =
    purpose === 'crl-signing' ? 'Its key usage does not allow it to sign CRLs.' : 'Its key may not make signatures.'
  return [reasonAbout('key-usage', first, evidence, 'RFC 5280 §4.2.1.3')]
}

/**
 * Extended key usage nests: an issuer that names uses allows no others below it. RFC 5280 says so of the certificate alone;
 * browsers, Go (and with it much of the Web) and OpenSSL apply it to issuers as well. Absent means any use.
 */
export function extendedKeyUsage({ path, purpose }: UsageInput): PathReason[] {
  if (purpose !== 'client-authentication') return []
  return path.flatMap((certificate, index) => {
    const uses = certificate.extensions.extendedKeyUsage
    if (uses === null || uses.includes(ids.clientAuthentication) || uses.includes(anyPurpose)) return []
    const evidence =
      index === 0 ? 'Client authentication is not among its uses.' : 'It may not issue for client authentication.'
    return [reasonAbout('extended-key-usage', certificate, evidence, 'RFC 5280 §4.2.1.12')]
  })
}

/** Never a failure: the walkthrough's own leaf is X.509 v1 and names no use, and browsers send it. */
export function usageNotes({ path: [first], purpose }: UsageInput): PathReason[] {
  if (first === undefined || purpose !== 'client-authentication' || first.extensions.extendedKeyUsage !== null)
    return []
  const evidence =
    first.version < 3
      ? `X.509 v${first.version}: it cannot name uses, so any is allowed.`
      : 'It names no use, so any is allowed.'
  return [reasonAbout('extended-key-usage', first, evidence, 'RFC 5280 §4.2.1.12')]
}
