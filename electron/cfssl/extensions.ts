import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  Extension,
  GeneralName,
} from '@peculiar/asn1-x509'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from '#electron/pki/extensions'
import type { SigningProfile } from './profile'

/** The extensions that cfssl writes for a profile, in its order. `spki`: DER. */
export function extensionsFor(
  profile: SigningProfile,
  { spki, names, issuerKeyId }: { spki: Uint8Array; names: GeneralName[]; issuerKeyId: Uint8Array },
): Extension[] {
  const { keyUsage: usages, purposes, authority, ocspUrl, issuerUrls, crlUrl } = profile
  const places = [...(ocspUrl === null ? [] : [access('1', ocspUrl)]), ...issuerUrls.map((url) => access('2', url))]
  return [
    ...(usages.length === 0 ? [] : [keyUsage(...usages)]),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
    authority === null ? basicConstraints(false) : basicConstraints(true, authority.pathLength ?? undefined),
    subjectKeyIdentifier(spki),
    authorityKeyIdentifier(issuerKeyId),
    ...(places.length === 0 ? [] : [extension('1.3.6.1.5.5.7.1.1', new AuthorityInfoAccessSyntax(places))]),
    ...(names.length === 0 ? [] : [subjectAlternativeName(names)]),
    ...(crlUrl === null ? [] : [crlAddress(crlUrl)]),
  ]
}

const extension = (extnID: string, value: unknown) =>
  new Extension({ extnID, critical: false, extnValue: new OctetString(AsnConvert.serialize(value)) })

const uri = (uniformResourceIdentifier: string) => new GeneralName({ uniformResourceIdentifier })

/** RFC 5280 §4.2.2.1: 1 is OCSP, 2 the issuer's certificate. */
const access = (method: '1' | '2', address: string) =>
  new AccessDescription({ accessMethod: `1.3.6.1.5.5.7.48.${method}`, accessLocation: uri(address) })

/** RFC 5280 §4.2.1.13. */
const crlAddress = (address: string) =>
  extension(
    '2.5.29.31',
    new CRLDistributionPoints([
      new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName: [uri(address)] }) }),
    ]),
  )
