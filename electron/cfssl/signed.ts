import { AsnConvert } from '@peculiar/asn1-schema'
import type { CertificateNames } from '#electron/pki/authority/client'
import { alternativeNamesFrom } from '#electron/pki/authority/extensions'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { takeRequestedNames } from '#electron/pki/authority/requested'
import { decodePem } from '#electron/pki/containers/pem'
import { childrenOf, type Element, readOnly } from '#electron/pki/der'
import { generalNameInWords } from '#electron/pki/describe/general-name'
import { ids } from '#electron/pki/oids'
import { alternativeNameValues, parseRequest } from '#electron/pki/request'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { readAttributes, shortNameOf } from '#electron/pki/x509/name'
import { certificateKey, readCertificate } from '#electron/pki/x509/read'
import { extensionValue } from '#electron/pki/x509/read-extensions'
import { AppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'

/** What a returned certificate is checked against. */
export interface Expected {
  /** The signer's own certificate, DER. */
  issuer: Uint8Array
  /** SubjectPublicKeyInfo of the request, DER. */
  spki: Uint8Array
  /** Null if the signer decides on the names. */
  names: CertificateNames | null
}

/** Checks the certificate that a signer returned (PEM) and converts it to DER. Errors: `signer-wrong` with the reason. */
export function signedCertificate(pem: string, { issuer, spki, names }: Expected): Uint8Array {
  const leaf = onlyCertificate(pem)
  if (isAuthority(leaf))
    throw new AppError('signer-wrong', 'It is a CA certificate (CA:TRUE), not a client certificate.')
  if (Buffer.compare(certificateKey(leaf), spki) !== 0) throw new AppError('signer-wrong', 'It is for another key.')
  if (!isIssuedBy(readCertificate(leaf), readCertificate(issuer)))
    throw new AppError('signer-wrong', 'It was not signed by the signer’s own certificate.')
  if (names !== null) requireNames(leaf, names)
  return leaf
}

function requireNames(leaf: Uint8Array, names: CertificateNames): void {
  const { missing, added } = nameDifference(leaf, namesOfChoice(names))
  if (missing.length + added.length === 0) return
  const changes = [
    ...(missing.length === 0 ? [] : [`without ${missing.join(', ')}`]),
    ...(added.length === 0 ? [] : [`with ${added.join(', ')}`]),
  ]
  throw new AppError('signer-wrong', `Its names differ from those that were requested: ${changes.join(' and ')}.`)
}

/** The certificate in a response, as DER. Errors: `signer-wrong`. */
export function onlyCertificate(pem: string): Uint8Array {
  const [block] = decodePem(pem)
  if (block?.label !== 'CERTIFICATE')
    throw new AppError('signer-wrong', 'It returned something other than a certificate.')
  return block.der
}

/** An attribute of a subject, or an alternative name. `key` is for comparing, `words` for display. */
interface ComparedName {
  key: string
  words: string
}

/** The names that a certificate lacks and those that it should not have, in words. */
export interface NameDifference {
  missing: string[]
  added: string[]
}

/**
 * Compares names regardless of order and string type, because cfssl parses the names it is sent and re-encodes them in its own
 * order. `certificate`: DER.
 */
export const nameDifference = (certificate: Uint8Array, wanted: ComparedName[]): NameDifference => {
  const actual = namesOfCertificate(certificate)
  return { missing: without(wanted, actual), added: without(actual, wanted) }
}

/** The words of the names that occur more often in `some` than in `others`. */
function without(some: ComparedName[], others: ComparedName[]): string[] {
  const left = others.map(({ key }) => key)
  return some.flatMap(({ key, words }) => {
    const place = left.indexOf(key)
    if (place === -1) return [words]
    left.splice(place, 1)
    return []
  })
}

function namesOfCertificate(certificate: Uint8Array): ComparedName[] {
  const { subject, extensions } = readCertificate(certificate)
  const alternatives = extensionValue(extensions, ids.subjectAlternativeName)
  return [...attributesOf(readOnly(subject.raw)), ...(alternatives === null ? [] : generalNamesIn(alternatives))]
}

/** Every name in a request (PKCS#10, DER). */
export function namesOfRequest(der: Uint8Array): ComparedName[] {
  const request = parseRequest(der)
  return [...attributesOf(request.subject), ...alternativeNameValues(request).flatMap(generalNamesIn)]
}

/** The names that the certificate was requested with. Errors: those of `takeRequestedNames`. */
function namesOfChoice(names: CertificateNames): ComparedName[] {
  if (names.kind === 'as-requested') {
    const { subject, alternativeNames } = takeRequestedNames(names.request, names.withoutUnsupported)
    const alternatives = alternativeNames.flatMap(({ extnValue }) => generalNamesIn(new Uint8Array(extnValue.buffer)))
    return [...attributesOf(readOnly(subject)), ...alternatives]
  }
  const alternatives = alternativeNamesFrom(names.emails, names.dnsNames)
  return [
    ...attributesOf(readOnly(encodeName(nameFrom(names.subject)))),
    ...alternatives.map((name) => generalName(readOnly(new Uint8Array(AsnConvert.serialize(name))))),
  ]
}

const attributesOf = (name: Element): ComparedName[] =>
  readAttributes(name)
    .flat()
    .map(({ type, string, value }) => {
      const text = string?.text ?? `#${Buffer.from(value.raw).toString('hex')}`
      return { key: `${type}=${text}`, words: `${shortNameOf(type)}=${neutralise(text)}` }
    })

const generalNamesIn = (value: Uint8Array): ComparedName[] => childrenOf(readOnly(value)).map(generalName)

const generalName = (name: Element): ComparedName => ({
  key: Buffer.from(name.raw).toString('hex'),
  words: generalNameInWords(name),
})
