import { createHash } from 'node:crypto'
// For writing extensions, whose syntax has many optional parts; they are read in x509/read-extensions.ts.
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { childAt, childrenOf, encodeAll, integer, readOnly, tags } from '../der'
import { ids } from '../oids'

const extension = (extnID: string, critical: boolean, value: unknown) =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

/** RFC 5280 §4.2.1.9. */
export const basicConstraints = (isAuthority: boolean, pathLength?: number) =>
  extension(
    ids.basicConstraints,
    true,
    new BasicConstraints(
      pathLength === undefined ? { cA: isAuthority } : { cA: isAuthority, pathLenConstraint: pathLength },
    ),
  )

/** RFC 5280 §4.2.1.3. */
export const keyUsage = (...flags: (keyof typeof KeyUsageFlags)[]) =>
  extension(ids.keyUsage, true, new KeyUsage(flags.reduce((bits, flag) => bits | KeyUsageFlags[flag], 0)))

export const extendedKeyUsage = (...purposes: string[]) =>
  extension(ids.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))

/** SHA-1 over the public key's bits: RFC 5280 §4.2.1.2, method (1); an identifier, not a protection. */
export const keyIdentifier = (spki: Uint8Array): Buffer => {
  const bits = childAt(childrenOf(readOnly(spki)), 1, tags.bitString)
  return createHash('sha1').update(bits.content.subarray(1)).digest()
}

export const subjectKeyIdentifier = (spki: Uint8Array) =>
  extension(ids.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(spki)))

export const authorityKeyIdentifier = (identifier: Uint8Array) =>
  extension(
    ids.authorityKeyIdentifier,
    false,
    new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(identifier) }),
  )

/** Those that every client certificate has, but for its names and its issuer's key; `spki`: DER. */
export const clientExtensions = (spki: Uint8Array): Extension[] => [
  basicConstraints(false),
  keyUsage('digitalSignature'),
  extendedKeyUsage(ids.clientAuthentication),
  subjectKeyIdentifier(spki),
]

export const subjectAlternativeName = (names: GeneralName[]) =>
  extension(ids.subjectAlternativeName, false, new SubjectAlternativeName(names))

/** The same for names (GeneralName, DER) that are there already, to the octet; none where there is no name. */
export const alternativeNamesAsTheyAre = (names: Uint8Array[]): Extension[] =>
  names.length === 0 ? [] : [alternativeNamesFromValue(encodeAll(tags.sequence, names))]

/** The same from the whole value (GeneralNames, DER) of another certificate's extension. */
export const alternativeNamesFromValue = (value: Uint8Array): Extension =>
  new Extension({ extnID: ids.subjectAlternativeName, critical: false, extnValue: new OctetString(value) })

export const alternativeNamesFrom = (emails: string[], dnsNames: string[]) => [
  ...emails.map((rfc822Name) => new GeneralName({ rfc822Name })),
  ...dnsNames.map((dNSName) => new GeneralName({ dNSName })),
]

/** RFC 5280 §4.2.1.10: only these DNS names, and no address at all. */
export const nameConstraints = (permittedDns: string[]) =>
  extension(
    ids.nameConstraints,
    true,
    new NameConstraints({
      permittedSubtrees: new GeneralSubtrees(
        permittedDns.map((dNSName) => new GeneralSubtree({ base: new GeneralName({ dNSName }) })),
      ),
    }),
  )

const uri = (uniformResourceIdentifier: string) => new GeneralName({ uniformResourceIdentifier })

/** RFC 5280 §4.2.1.13: where the issuer's CRL is; the address as a URI. */
export const crlDistributionPoint = (address: string) =>
  extension(
    ids.crlDistributionPoints,
    false,
    new CRLDistributionPoints([
      new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName: [uri(address)] }) }),
    ]),
  )

const access = (method: 'ocsp' | 'issuer', address: string) =>
  new AccessDescription({
    accessMethod: `1.3.6.1.5.5.7.48.${{ ocsp: 1, issuer: 2 }[method]}`,
    accessLocation: uri(address),
  })

/** RFC 5280 §4.2.2.1: where to ask about the certificate (OCSP), then where its issuer's own is; addresses as URIs. */
export const authorityInfoAccess = (ocspAddresses: string[], issuerAddresses: string[]) =>
  extension(
    ids.authorityInfoAccess,
    false,
    new AuthorityInfoAccessSyntax([
      ...ocspAddresses.map((address) => access('ocsp', address)),
      ...issuerAddresses.map((address) => access('issuer', address)),
    ]),
  )

/** RFC 5280 §5.2.3. */
export const crlNumber = (value: bigint) =>
  new Extension({ extnID: ids.crlNumber, critical: false, extnValue: new OctetString(integer(value)) })
