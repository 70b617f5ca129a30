import { AsnConvert } from '@peculiar/asn1-schema'
import type { Name } from '@peculiar/asn1-x509'
import {
  BasicConstraints,
  ExtendedKeyUsage,
  type Extension,
  KeyUsage,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509'
import { z } from 'zod'
import { neutralise } from '#shared/logic/neutralise'
import { DnsName, type SubjectDraft } from '#shared/model/identity'
import { describeAlternativeName } from '../alternative-names'
import { ids } from '../extensions'
import { textOf } from '../names'
import { wordsForOid } from '../oid-names'
import { parsing } from '../parsing'
import { extensionsOf, parseRequest, readRequest } from '../request'
import { refusalOfKey } from './key-policy'

/** What a requester would like to have, for the administrator to judge. */
export interface RequestedCertificate {
  /** DER, in the one spelling that compares equal. */
  spki: Uint8Array
  /** As it stands in the request, in words; neutralised. */
  subject: string
  commonName: string | null
  /** The names in the fields of a form, neutralised and cut to their limits; empty where nothing was asked for. */
  fields: SubjectDraft
  emails: string[]
  dnsNames: string[]
  /** Only alternative names are ever copied, and only e-mail addresses and DNS names among them. */
  extensions: { oid: string; words: string; copied: boolean }[]
  /** Why it is not issued; null where it may be. */
  refusal: string | null
}

/** Input: PKCS#10, DER. Errors: `malformed`. */
export async function reviewRequest(der: Uint8Array): Promise<RequestedCertificate> {
  const { subject, commonName, spki, signatureValid } = await readRequest(der)
  return parsing('request (CSR)', () => {
    const { certificationRequestInfo: info } = parseRequest(der)
    const extensions = extensionsOf(info.attributes ?? [])
    const names = extensions.filter(({ extnID }) => extnID === ids.subjectAlternativeName).flatMap(namesIn)
    return {
      spki,
      subject,
      commonName,
      fields: fieldsFrom(info.subject),
      emails: [...new Set(names.flatMap(({ rfc822Name }) => accepted(z.email().max(254), rfc822Name)))].slice(0, 20),
      dnsNames: [...new Set(names.flatMap(({ dNSName }) => accepted(DnsName, dNSName)))].slice(0, 20),
      extensions: extensions.map(describe),
      refusal: signatureValid
        ? refusalOfKey(spki)
        : 'The signature of the request is wrong, so nobody has proven to own its key.',
    }
  })
}

const namesIn = ({ extnValue }: Extension) => [...AsnConvert.parse(extnValue.buffer, SubjectAlternativeName)]

function accepted(schema: z.ZodType<string>, text: string | undefined): string[] {
  const parsed = schema.safeParse(text)
  return parsed.success ? [parsed.data] : []
}

/** The attribute types that Latchkey's own requests know, with their upper bounds (RFC 5280 appendix A.1). */
const fieldTypes: Record<string, [keyof SubjectDraft, number]> = {
  '2.5.4.3': ['commonName', 64],
  '2.5.4.6': ['country', 2],
  '2.5.4.7': ['locality', 128],
  '2.5.4.8': ['state', 128],
  '2.5.4.10': ['organization', 64],
  '2.5.4.11': ['organizationalUnit', 64],
}

function fieldsFrom(subject: Name): SubjectDraft {
  const fields: SubjectDraft = {
    commonName: '',
    organization: '',
    organizationalUnit: '',
    locality: '',
    state: '',
    country: '',
  }
  for (const { type, value } of [...subject].flatMap((relative) => [...relative])) {
    const [field, limit] = fieldTypes[type] ?? []
    if (field === undefined) continue
    const text = cutTo(limit ?? 0, neutralise(textOf(value)))
    if (field !== 'country') fields[field] = text
    else if (/^[A-Za-z]{2}$/u.test(text)) fields.country = text.toUpperCase()
  }
  return fields
}

/** Never through the middle of a character. */
export const cutTo = (limit: number, text: string): string =>
  text
    .trim()
    .slice(0, limit)
    .replace(/\p{Surrogate}$/u, '')
    .trim()

function describe(extension: Extension): RequestedCertificate['extensions'][number] {
  const { extnID: oid } = extension
  try {
    return { oid, ...wordsFor(extension) }
  } catch {
    return { oid, words: 'An extension that cannot be read', copied: false }
  }
}

function wordsFor(extension: Extension): { words: string; copied: boolean } {
  const { extnID, extnValue } = extension
  switch (extnID) {
    case ids.subjectAlternativeName: {
      const names = namesIn(extension)
      const copied = names.every(
        ({ rfc822Name, dNSName }) =>
          accepted(z.email().max(254), rfc822Name).length + accepted(DnsName, dNSName).length,
      )
      return { words: `Alternative names: ${names.map(describeAlternativeName).join(', ')}`, copied }
    }
    case ids.keyUsage:
      return { words: `Key usage: ${AsnConvert.parse(extnValue.buffer, KeyUsage).toJSON().join(', ')}`, copied: false }
    case ids.extendedKeyUsage: {
      const purposes = [...AsnConvert.parse(extnValue.buffer, ExtendedKeyUsage)]
      return { words: `Extended key usage: ${purposes.map(wordsForOid).join(', ')}`, copied: false }
    }
    case ids.basicConstraints: {
      const { cA } = AsnConvert.parse(extnValue.buffer, BasicConstraints)
      return { words: cA ? 'To be an issuer (CA) itself' : 'Not to be an issuer (CA)', copied: false }
    }
    default:
      return { words: `Extension ${extnID}`, copied: false }
  }
}
