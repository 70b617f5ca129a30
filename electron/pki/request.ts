// For writing and reading requests (PKCS#10), which certificates' own reader does not know.
import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Attribute, Extensions, type GeneralName, type Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import type { RequestDraft } from '#shared/model/identity'
import { alternativeNamesFrom, subjectAlternativeName } from './authority/extensions'
import { nameFrom } from './authority/names'
import { childAt, childrenOf, type Element, parsing, readElement, tags } from './der'
import { normaliseSpki, publicKeyOf, readPublicKey } from './keys'
import { ids } from './oids'
import { parseAsn1 } from './parse-asn1'
import { checkSignature, isForgeable, signatureName, signerFor } from './sign'
import { describeAlternativeNames } from './x509/general-names'
import { commonNameIn, nameLine } from './x509/name'

/** PKCS#9 extensionRequest (RFC 2985 §5.4.2). */
const extensionRequest = '1.2.840.113549.1.9.14'

/** The same in requests of older Windows systems (szOID_CERT_EXTENSIONS in wincrypt.h). */
const microsoftExtensions = '1.3.6.1.4.1.311.2.1.14'

/**
 * A PKCS#10 request (RFC 2986), DER, signed with `pkcs8` (DER). Alternative names travel as an extensionRequest.
 * Errors: `unsupported-algorithm` for keys that cannot sign.
 */
export function createRequest(draft: RequestDraft, pkcs8: Uint8Array): Promise<Uint8Array> {
  return signRequest(nameFrom(draft.subject), alternativeNamesFrom(draft.emails, draft.dnsNames), pkcs8)
}

/** The same for any subject and any alternative names; `signer` signs with the key of `pkcs8`. */
export async function signRequest(
  subject: Name,
  names: GeneralName[],
  pkcs8: Uint8Array,
  signer = signerFor(pkcs8),
): Promise<Uint8Array> {
  const info = new CertificationRequestInfo({
    subject,
    subjectPKInfo: AsnConvert.parse(publicKeyOf(pkcs8), SubjectPublicKeyInfo),
    attributes: attributesFor(names),
  })
  const signature = await signer.sign(new Uint8Array(AsnConvert.serialize(info)))
  const request = new CertificationRequest({
    certificationRequestInfo: info,
    signatureAlgorithm: signer.algorithm,
    signature: Uint8Array.from(signature).buffer,
  })
  return new Uint8Array(AsnConvert.serialize(request))
}

function attributesFor(names: GeneralName[]): Attributes {
  if (names.length === 0) return new Attributes([])
  const extensions = AsnConvert.serialize(new Extensions([subjectAlternativeName(names)]))
  return new Attributes([new Attribute({ type: extensionRequest, values: [extensions] })])
}

export interface ReadRequest {
  subject: string
  commonName: string | null
  /** DER, in the one spelling that compares equal. */
  spki: Uint8Array
  alternativeNames: string[]
  /** Why its signature is no proof that whoever asks has the private key (RFC 2986 §3), as a sentence; null where it is one. */
  unproven: string | null
}

/** What a request (PKCS#10, DER) says. Errors: `malformed`. */
export async function readRequest(der: Uint8Array): Promise<ReadRequest> {
  const request = parseRequest(der)
  return parsing('request (CSR)', () => view(request, subjectIn(der)))
}

function view(request: CertificationRequest, subject: Element): ReadRequest {
  const info = request.certificationRequestInfo
  const rawSpki = new Uint8Array(AsnConvert.serialize(info.subjectPKInfo))
  return {
    subject: nameLine(subject, []),
    commonName: commonNameIn(subject),
    spki: normaliseSpki(rawSpki),
    alternativeNames: alternativeNames(info.attributes ?? []),
    unproven: whyUnproven(request, rawSpki),
  }
}

/** The subject as it stands in a request (DER), to the octet. Errors: `malformed`. */
export function subjectIn(der: Uint8Array): Element {
  const body = childAt(childrenOf(readElement(der), 1), 0, tags.sequence)
  return childAt(childrenOf(body, 2), 1, tags.sequence)
}

export function parseRequest(der: Uint8Array): CertificationRequest {
  return parsing('request (CSR)', () => parseAsn1(der, CertificationRequest))
}

/** Those that a request asks for, in words; once where two attributes say the same. */
function alternativeNames(attributes: Iterable<Attribute>): string[] {
  return alternativeNameValues(attributes).flatMap(describeAlternativeNames)
}

/** The values (DER) of the extensions that ask for alternative names; once where two attributes say the same. */
export function alternativeNameValues(attributes: Iterable<Attribute>): Uint8Array[] {
  const values = extensionsOf(attributes)
    .filter(({ extnID }) => extnID === ids.subjectAlternativeName)
    .map(({ extnValue }) => new Uint8Array(extnValue.buffer))
  return values.filter((value, index) => values.findIndex((other) => Buffer.compare(value, other) === 0) === index)
}

/** The extensions that the requester asks for; the issuer decides on them. */
export function extensionsOf(attributes: Iterable<Attribute>) {
  return [...attributes]
    .filter(({ type }) => type === extensionRequest || type === microsoftExtensions)
    .flatMap(({ values }) =>
      values.flatMap((value) => parsing('request (CSR)', () => [...parseAsn1(value, Extensions)])),
    )
}

/** Over the bytes as they came, not as we would write them. */
function whyUnproven(request: CertificationRequest, spki: Uint8Array): string | null {
  const { signatureAlgorithm, certificationRequestInfo: info } = request
  const content = new Uint8Array(request.certificationRequestInfoRaw ?? AsnConvert.serialize(info))
  const name = signatureName(signatureAlgorithm.algorithm)
  if (isForgeable(signatureAlgorithm.algorithm))
    return `The request is signed with ${name}, which can be forged, so it does not prove who has the key.`
  switch (checkSignature(content, new Uint8Array(request.signature), signatureAlgorithm, readPublicKey(spki))) {
    case 'good':
      return null
    case 'wrong':
      return 'The signature of the request is wrong, so it does not prove who has the key.'
    case 'unchecked':
      return `The signature of the request (${name}) cannot be checked here, so it does not prove who has the key.`
  }
}
