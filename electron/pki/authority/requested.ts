// For the extensions that are issued, in the structures that certificates are written with.
import type { Extension } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { SubjectDraft } from '#shared/model/identity'
import { type Element, ifReadable, parsing, readOnly } from '../der'
import type { ExtensionValue } from '../der-values'
import { describeKeyUsage } from '../describe/extension-words'
import { ids, nameOfOid, wordsForOid } from '../oids'
import { alternativeNameValues, extensionsOf, parseRequest, type Request, readRequest } from '../request'
import { readAttributes } from '../x509/name'
import { readBasicConstraints, readExtendedKeyUsage } from '../x509/read-extensions'
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
  const request = parseRequest(der)
  return parsing('request (CSR)', () => {
    const names = namesIn(request)
    const { words, leftOut, emails, dnsNames } = names.alternatives
    return {
      spki,
      subject,
      commonName,
      names: { alternatives: words, leftOut, refusal: names.refusal, notes: names.notes },
      form: { subject: names.fields, emails: emails.slice(0, 20), dnsNames: dnsNames.slice(0, 20) },
      extensions: judgeExtensions(extensionsOf(request), spki),
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
  const { subject, alternatives, refusal } = parsing('request (CSR)', () => namesIn(parseRequest(der)))
  const reason = refusal ?? (withoutUnsupported ? null : refusalOfLeftOut(alternatives.leftOut))
  if (reason !== null) throw new AppError('invalid-input', reason)
  return { subject: subject.raw, alternativeNames: alternativeNamesAsTheyAre(alternatives.copied) }
}

/** Why nothing is issued until the administrator agrees to leave these names out; null where there are none. */
export const refusalOfLeftOut = (leftOut: string[]): string | null =>
  leftOut.length === 0 ? null : `It asks for names that are not copied: ${leftOut.join(', ')}.`

function namesIn(request: Request): RequestedNames {
  const { subject } = request
  const { refusal, ...judged } = judgeSubject(subject)
  const alternatives = judgeAlternatives(alternativeNameValues(request))
  return { subject, alternatives, refusal: refusal ?? alternatives.refusal, ...judged }
}

/** A wish that the issuer decides on, in words, and whether the certificate says just that. */
interface JudgedExtension {
  oid: string
  words: string
  isIssued: boolean
}

/** All that was asked for but alternative names. `spki`: the requester's key, DER. */
function judgeExtensions(extensions: ExtensionValue[], spki: Uint8Array): JudgedExtension[] {
  const issued = clientExtensions(spki)
  const isIssued = ({ id, value }: ExtensionValue) =>
    issued.some(({ extnID, extnValue }) => extnID === id && Buffer.from(extnValue.buffer).equals(value))
  return extensions
    .filter(({ id }) => id !== ids.subjectAlternativeName)
    .map((extension) => ({ oid: extension.id, words: wordsOf(extension), isIssued: isIssued(extension) }))
}

const wordsOf = (extension: ExtensionValue): string =>
  ifReadable(() => wordsFor(extension)) ?? 'An extension that cannot be read'

function wordsFor({ id, value }: ExtensionValue): string {
  switch (id) {
    case ids.keyUsage:
      return `Key usage: ${describeKeyUsage(readOnly(value))}`
    case ids.extendedKeyUsage:
      return `Extended key usage: ${readExtendedKeyUsage(value).map(wordsForOid).join(', ')}`
    case ids.basicConstraints:
      return readBasicConstraints(value).isAuthority ? 'To be an issuer (CA) itself' : 'Not to be an issuer (CA)'
    default:
      return `Extension ${nameOfOid(id)}`
  }
}
