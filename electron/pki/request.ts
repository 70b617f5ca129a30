// For writing requests (PKCS#10). They are read here, since that library's reader takes time in the square of some lengths.
import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Attribute, Extensions, type GeneralName, type Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { RequestDraft } from '#shared/model/identity'
import { alternativeNamesFrom, subjectAlternativeName } from './authority/extensions'
import { nameFrom } from './authority/names'
import { childAt, childrenOf, type Element, parsing, readElement, readOid, tags } from './der'
import { type AlgorithmValue, type ExtensionValue, readAlgorithm, readExtension, readSignature } from './der-values'
import { normaliseSpki, publicKeyOf, readPublicKey } from './keys'
import { ids } from './oids'
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

/** The parts of a request (RFC 2986 §4). Bytes are views into the input. */
export interface Request {
  signedContent: Uint8Array
  subject: Element
  /** SubjectPublicKeyInfo, DER, as it stands there. */
  spki: Uint8Array
  attributes: { type: string; values: Element[] }[]
  signatureAlgorithm: AlgorithmValue
  signature: Uint8Array
}

/** Input: PKCS#10, DER. Errors: `malformed`. */
export function parseRequest(der: Uint8Array): Request {
  return parsing('request (CSR)', () => {
    const whole = readElement(der)
    const [body, algorithm, signature] = childrenOf(whole, 3)
    if (whole.tag !== tags.sequence || body?.tag !== tags.sequence || algorithm === undefined)
      throw new AppError('malformed', 'This is not a request (CSR).')
    requireShortBooleans(whole.raw)
    const fields = childrenOf(body, 4)
    childAt(fields, 0, tags.integer)
    const [, , , attributes] = fields
    return {
      signedContent: body.raw,
      subject: childAt(fields, 1, tags.sequence),
      spki: childAt(fields, 2, tags.sequence).raw,
      attributes: attributes === undefined ? [] : readAttributesOf(attributes),
      signatureAlgorithm: readAlgorithm(algorithm),
      signature: readSignature(signature),
    }
  })
}

/** RFC 2986 §4.1: a set under the tag [0]. */
function readAttributesOf(field: Element): Request['attributes'] {
  if (field.tag !== 0xa0) throw new AppError('malformed', 'The attributes of the request cannot be read.')
  return childrenOf(field).map((attribute) => {
    const [type, values] = childrenOf(attribute)
    if (attribute.tag !== tags.sequence || type === undefined || values?.tag !== tags.set)
      throw new AppError('malformed', 'An attribute of the request cannot be read.')
    return { type: readOid(type), values: childrenOf(values) }
  })
}

/**
 * X.690 §8.2.1: one octet. Common libraries, with which an issuer may read the request next, take time in the square of a
 * longer one's length. Holds one place for each level of nesting, since a file may have millions of parts.
 */
function requireShortBooleans(der: Uint8Array): void {
  const levels = [{ bytes: der, offset: 0 }]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (level.offset >= level.bytes.length) {
      levels.pop()
      continue
    }
    const { tag, content, raw } = readElement(level.bytes, level.offset)
    level.offset += raw.length
    if ((tag & 0xdf) === tags.boolean && content.length !== 1)
      throw new AppError('malformed', 'A truth value does not have one octet.')
    if ((tag & 0x20) !== 0) levels.push({ bytes: content, offset: 0 })
  }
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
  return parsing('request (CSR)', () => ({
    subject: nameLine(request.subject, []),
    commonName: commonNameIn(request.subject),
    spki: normaliseSpki(request.spki),
    alternativeNames: alternativeNameValues(request).flatMap(describeAlternativeNames),
    unproven: whyUnproven(request),
  }))
}

/** The values (DER) of the extensions that ask for alternative names; once where two attributes say the same. */
export function alternativeNameValues(request: Request): Uint8Array[] {
  const values = extensionsOf(request)
    .filter(({ id }) => id === ids.subjectAlternativeName)
    .map(({ value }) => value)
  return values.filter((value, index) => values.findIndex((other) => Buffer.compare(value, other) === 0) === index)
}

/** The extensions that the requester asks for; the issuer decides on them. Errors: `malformed`. */
export function extensionsOf({ attributes }: Request): ExtensionValue[] {
  return attributes
    .filter(({ type }) => type === extensionRequest || type === microsoftExtensions)
    .flatMap(({ values }) =>
      values.flatMap((_, index) => childrenOf(childAt(values, index, tags.sequence)).map(readExtension)),
    )
}

/** Over the bytes as they came, not as we would write them. */
function whyUnproven({ signatureAlgorithm, signedContent, signature, spki }: Request): string | null {
  const name = signatureName(signatureAlgorithm.algorithm)
  if (isForgeable(signatureAlgorithm.algorithm))
    return `The request is signed with ${name}, which can be forged, so it does not prove who has the key.`
  switch (checkSignature(signedContent, signature, signatureAlgorithm, readPublicKey(spki))) {
    case 'good':
      return null
    case 'wrong':
      return 'The signature of the request is wrong, so it does not prove who has the key.'
    case 'unchecked':
      return `The signature of the request (${name}) cannot be checked here, so it does not prove who has the key.`
  }
}
