import type { Extension, GeneralName } from '@peculiar/asn1-x509'
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoint,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from '#electron/pki/authority/extensions'
import type { SigningProfile } from './profile'

/** The extensions that cfssl writes for a profile, in its order. `spki`: DER. */
export function extensionsFor(
  profile: SigningProfile,
  { spki, names, issuerKeyId }: { spki: Uint8Array; names: GeneralName[]; issuerKeyId: Uint8Array },
): Extension[] {
  const { keyUsage: usages, purposes, authority, ocspUrl, issuerUrls, crlUrl } = profile
  const ocspUrls = ocspUrl === null ? [] : [ocspUrl]
  const hasPlaces = ocspUrls.length + issuerUrls.length > 0
  return [
    ...(usages.length === 0 ? [] : [keyUsage(...usages)]),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
    authority === null ? basicConstraints(false) : basicConstraints(true, authority.pathLength ?? undefined),
    subjectKeyIdentifier(spki),
    authorityKeyIdentifier(issuerKeyId),
    ...(hasPlaces ? [authorityInfoAccess(ocspUrls, issuerUrls)] : []),
    ...(names.length === 0 ? [] : [subjectAlternativeName(names)]),
    ...(crlUrl === null ? [] : [crlDistributionPoint(crlUrl)]),
  ]
}
