import { AppError } from '#shared/errors'
import type { DetailField, ObjectDetails } from '#shared/model/details'
import { childrenOf, type Element, readElement, tags } from '../der'
import { readBigInteger } from '../der-values'
import { titleOf } from '../x509/name'
import { extensionFields } from './extensions'
import {
  computed,
  describeTime,
  nameFields,
  type Oddities,
  objectDetails,
  serialField,
  signatureFields,
  stated,
} from './fields'
import { publicKeyFields } from './key'

/**
 * Everything a certificate says (RFC 5280 §4.1), in words and in its own bytes. Works on the encoding itself, so that what
 * is odd about it is shown instead of hidden. Input: DER. Errors: `malformed` when the outer structure is not a certificate.
 */
export function describeCertificate(der: Uint8Array): ObjectDetails {
  const oddities: Oddities = []
  const [body, algorithm, signature] = childrenOf(readElement(der))
  if (body?.tag !== tags.sequence || algorithm === undefined)
    throw new AppError('malformed', 'This is not a certificate.')
  const parts = childrenOf(body)
  const version = parts[0]?.tag === 0xa0 ? parts.shift() : undefined
  const [serial, , issuer, validity, subject, key, ...more] = parts
  if (serial === undefined || issuer === undefined || validity === undefined || subject === undefined)
    throw new AppError('malformed', 'A part of the certificate is missing.')
  const extensions = more.find(({ tag }) => tag === 0xa3)
  return objectDetails({
    kind: 'certificate',
    title: titleOf(subject),
    groups: [
      { title: 'Subject', fields: nameFields('subject', subject, oddities) },
      { title: 'Issuer', fields: nameFields('issuer', issuer, oddities) },
      { title: 'Validity', fields: validityFields(validity, oddities) },
      {
        title: 'Certificate',
        fields: [versionField(version), serialField(serial, oddities), ...identifiers(more)],
      },
      { title: 'Public key', fields: key === undefined ? [] : publicKeyFields(key, oddities) },
      {
        title: 'Extensions',
        fields: extensions === undefined ? [] : extensionFields(readElement(extensions.content), oddities),
      },
      { title: 'Signature', fields: signatureFields(algorithm, signature) },
    ],
    oddities,
    der,
    pemLabel: 'CERTIFICATE',
  })
}

function versionField(version: Element | undefined): DetailField {
  if (version === undefined) return computed('version', 'Version', 'X.509 v1')
  return stated('version', 'Version', `X.509 v${readBigInteger(readElement(version.content)) + 1n}`, version)
}

function validityFields(validity: Element, oddities: Oddities): DetailField[] {
  const [from, until] = childrenOf(validity)
  return [
    ...(from === undefined ? [] : [stated('notBefore', 'From', describeTime(from, 'The beginning', oddities), from)]),
    ...(until === undefined ? [] : [stated('notAfter', 'Until', describeTime(until, 'The end', oddities), until)]),
  ]
}

/** The unique identifiers of X.509 v2, which are hardly used (RFC 5280 §4.1.2.8). */
const identifiers = (parts: Element[]): DetailField[] =>
  parts
    .filter(({ tag }) => tag === 0x81 || tag === 0x82)
    .map((part) =>
      stated('uniqueId', part.tag === 0x81 ? 'Issuer’s unique id' : 'Subject’s unique id', 'present', part),
    )
