import { AsnConvert } from '@peculiar/asn1-schema'
import type { CertificateNames } from '#electron/pki/authority/client'
import { alternativeNamesFrom } from '#electron/pki/authority/extensions'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { takeRequestedNames } from '#electron/pki/authority/requested'
import { childrenOf, type Element, readOnly } from '#electron/pki/der'
import { generalNameInWords } from '#electron/pki/describe/general-name'
import { ids } from '#electron/pki/oids'
import { alternativeNameValues, parseRequest, subjectIn } from '#electron/pki/request'
import { readAttributes, shortNameOf } from '#electron/pki/x509/name'
import { readCertificate } from '#electron/pki/x509/read'
import { extensionValue } from '#electron/pki/x509/read-extensions'
import { neutralise } from '#shared/logic/neutralise'

/** An attribute of a subject or an alternative name: for comparing, and for reading. */
interface SaidName {
  key: string
  words: string
}

/** What a certificate says that nobody wanted, and what it does not say; in words. */
export interface NameDifference {
  missing: string[]
  added: string[]
}

/**
 * Names one by one, in any order and any kind of string: cfssl parses what it is sent and writes it anew in its own order.
 * `certificate`: DER.
 */
export const nameDifference = (certificate: Uint8Array, wanted: SaidName[]): NameDifference => {
  const said = saidBy(certificate)
  return { missing: without(wanted, said), added: without(said, wanted) }
}

/** The words of those in `some` that `others` has fewer times. */
function without(some: SaidName[], others: SaidName[]): string[] {
  const left = others.map(({ key }) => key)
  return some.flatMap(({ key, words }) => {
    const place = left.indexOf(key)
    if (place === -1) return [words]
    left.splice(place, 1)
    return []
  })
}

function saidBy(certificate: Uint8Array): SaidName[] {
  const { subject, extensions } = readCertificate(certificate)
  const alternatives = extensionValue(extensions, ids.subjectAlternativeName)
  return [...attributesOf(readOnly(subject.raw)), ...(alternatives === null ? [] : generalNamesIn(alternatives))]
}

/** All that a request (PKCS#10, DER) asks for. */
export function namesOfRequest(request: Uint8Array): SaidName[] {
  const alternatives = alternativeNameValues(parseRequest(request).certificationRequestInfo.attributes ?? [])
  return [...attributesOf(subjectIn(request)), ...alternatives.flatMap(generalNamesIn)]
}

/** What somebody has decided on. Errors: those of `takeRequestedNames`. */
export function namesOfChoice(names: CertificateNames): SaidName[] {
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

const attributesOf = (name: Element): SaidName[] =>
  readAttributes(name)
    .flat()
    .map(({ type, string, value }) => {
      const text = string?.text ?? `#${Buffer.from(value.raw).toString('hex')}`
      return { key: `${type}=${text}`, words: `${shortNameOf(type)}=${neutralise(text)}` }
    })

const generalNamesIn = (value: Uint8Array): SaidName[] => childrenOf(readOnly(value)).map(generalName)

const generalName = (name: Element): SaidName => ({
  key: Buffer.from(name.raw).toString('hex'),
  words: generalNameInWords(name),
})
