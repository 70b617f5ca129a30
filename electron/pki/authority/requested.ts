// For the extensions of a request as that library reads it, see request.ts.
import { BasicConstraints, ExtendedKeyUsage, type Extension } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { SubjectDraft } from '#shared/model/identity'
import { type Element, ifReadable, parsing, readOnly } from '../der'
import { describeKeyUsage } from '../describe/extension-words'
import { ids, nameOfOid, wordsForOid } from '../oids'
import { parseAsn1 } from '../parse-asn1'
import { alternativeNameValues, extensionsOf, parseRequest, readRequest, subjectIn } from '../request'
import { readAttributes } from '../x509/name'
import { alternativeNamesAsTheyAre, clientExtensions } from './extensions'
import { refusalOfKey } from './key-policy'
import { type JudgedAlternatives, judgeAlternatives } from './requested-alternatives'
import { judgeSubject } from './requested-subject'

/** The names of a request (PKCS#10), for taking as they are. */
interface RequestedNames {
  /** The Name, as it stands there. */
  subject: Element
  alternatives: JudgedAlternatives
  /** Why they cannot be taken as they are; null where they can. */
  refusal: string | null
  notes: string[]
  fields: SubjectDraft
}

/** What a requester would like to have, for the administrator to judge. Nothing of it is ever signed from here. */
export interface RequestedCertificate {
  /** DER, in the one spelling that compares equal. */
  spki: Uint8Array
  /** As it stands in the request, in words; neutralised. */
  subject: string
  commonName: string | null
  names: {
    /** Alternative names that are copied, in words. */
    alternatives: string[]
    /** Those of kinds that are never copied, in words: the administrator has to agree to leave them out. */
    leftOut: string[]
    refusal: string | null
    notes: string[]
  }
  /** What a form for other names begins with: the requester's, where a form can hold them as they are. */
  form: { subject: SubjectDraft; emails: string[]; dnsNames: string[] }
  extensions: JudgedExtension[]
  /** The subject's attributes, not neutralised; OID and text. */
  attributes: { type: string; text: string }[]
  /** Why nothing is issued for it, under whatever name; null where it may be. */
  refusal: string | null
}

/** Input: PKCS#10, DER. Errors: `malformed`. */
export async function reviewRequest(der: Uint8Array): Promise<RequestedCertificate> {
  const { subject, commonName, spki, unproven } = await readRequest(der)
  return parsing('request (CSR)', () => {
    const names = namesIn(der)
    const { words, leftOut, emails, dnsNames } = names.alternatives
    return {
      spki,
      subject,
      commonName,
      names: { alternatives: words, leftOut, refusal: names.refusal, notes: names.notes },
      form: { subject: names.fields, emails: emails.slice(0, 20), dnsNames: dnsNames.slice(0, 20) },
      extensions: judgeExtensions(extensionsOf(attributesOf(der)), spki),
      attributes: readAttributes(names.subject)
        .flat()
        .map(({ type, string }) => ({ type, text: string?.text ?? '' })),
      refusal: unproven ?? refusalOfKey(spki),
    }
  })
}

/**
 * The names of a request (DER), to the octet, for a certificate: its subject (DER) and its alternative names. Where some of
 * them are of kinds that are never copied, `withoutUnsupported` says that somebody has agreed to leave them out.
 * Errors: `invalid-input` with what stands against it, `malformed`.
 */
export function takeRequestedNames(
  der: Uint8Array,
  withoutUnsupported: boolean,
): { subject: Uint8Array; alternativeNames: Extension[] } {
  const { subject, alternatives, refusal } = parsing('request (CSR)', () => namesIn(der))
  const reason = refusal ?? (withoutUnsupported ? null : refusalOfLeftOut(alternatives.leftOut))
  if (reason !== null) throw new AppError('invalid-input', reason)
  return { subject: subject.raw, alternativeNames: alternativeNamesAsTheyAre(alternatives.copied) }
}

/** Why nothing is issued until the administrator agrees to leave these names out; null where there are none. */
export const refusalOfLeftOut = (leftOut: string[]): string | null =>
  leftOut.length === 0 ? null : `It asks for names that are not copied: ${leftOut.join(', ')}.`

function namesIn(der: Uint8Array): RequestedNames {
  const subject = subjectIn(der)
  const { refusal, ...judged } = judgeSubject(subject)
  const alternatives = judgeAlternatives(alternativeNameValues(attributesOf(der)))
  return { subject, alternatives, refusal: refusal ?? alternatives.refusal, ...judged }
}

const attributesOf = (der: Uint8Array) => parseRequest(der).certificationRequestInfo.attributes ?? []

/** A wish that the issuer decides on, in words, and whether the certificate says just that. */
interface JudgedExtension {
  oid: string
  words: string
  isIssued: boolean
}

/** All that was asked for but alternative names. `spki`: the requester's key, DER. */
function judgeExtensions(extensions: Extension[], spki: Uint8Array): JudgedExtension[] {
  const issued = clientExtensions(spki)
  const isIssued = ({ extnID, extnValue }: Extension) =>
    issued.some((one) => one.extnID === extnID && isSame(one.extnValue.buffer, extnValue.buffer))
  return extensions
    .filter(({ extnID }) => extnID !== ids.subjectAlternativeName)
    .map((extension) => ({ oid: extension.extnID, words: wordsOf(extension), isIssued: isIssued(extension) }))
}

const isSame = (one: ArrayBuffer, other: ArrayBuffer) => Buffer.from(one).equals(Buffer.from(other))

const wordsOf = (extension: Extension): string =>
  ifReadable(() => wordsFor(extension)) ?? 'An extension that cannot be read'

function wordsFor({ extnID, extnValue }: Extension): string {
  switch (extnID) {
    case ids.keyUsage:
      return `Key usage: ${describeKeyUsage(readOnly(new Uint8Array(extnValue.buffer)))}`
    case ids.extendedKeyUsage:
      return `Extended key usage: ${[...parsing('extension', () => parseAsn1(extnValue.buffer, ExtendedKeyUsage))].map(wordsForOid).join(', ')}`
    case ids.basicConstraints: {
      const { cA } = parsing('extension', () => parseAsn1(extnValue.buffer, BasicConstraints))
      return cA ? 'To be an issuer (CA) itself' : 'Not to be an issuer (CA)'
    }
    default:
      return `Extension ${nameOfOid(extnID)}`
  }
}
