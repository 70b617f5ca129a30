import type { Extension } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { SubjectDraft } from '#shared/model/identity'
import { normaliseSpki } from '../keys'
import { ids } from '../oids'
import { readRequest } from '../request'
import { mayIssue } from '../x509/issued-by'
import { readCertificate } from '../x509/read'
import { extensionValue } from '../x509/read-extensions'
import { certify } from './certify'
import {
  alternativeNamesFrom,
  alternativeNamesFromValue,
  authorityKeyIdentifier,
  clientExtensions,
  subjectAlternativeName,
} from './extensions'
import { type Issuer, type OpenIssuer, openIssuer } from './issuer'
import { requireUsableKey } from './key-policy'
import { lifetime } from './lifetime'
import { encodeName, nameFrom } from './names'
import { takeRequestedNames } from './requested'

/**
 * Whose names a certificate says: those that whoever issues has decided on, or the requester's own as they stand in the request
 * (PKCS#10, DER).
 */
export type CertificateNames =
  | { kind: 'decided'; subject: SubjectDraft; emails: string[]; dnsNames: string[] }
  /** `withoutUnsupported`: somebody has agreed to leave out the kinds of names that are never copied. */
  | { kind: 'as-requested'; request: Uint8Array; withoutUnsupported: boolean }

export interface ClientInput {
  names: CertificateNames
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  days: number
  now: Date
}

/**
 * A client certificate: X.509 v3, CA:FALSE, clientAuth, DER. Its key usage is digitalSignature alone, for RSA keys too:
 * a TLS client only ever signs with its key, and RFC 5280 §4.2.1.12 names digitalSignature and keyAgreement as what is
 * consistent with clientAuth; keyEncipherment (§4.2.1.3) is the server's half of RSA key transport.
 * Errors: `unsupported-algorithm` for keys that Access refuses, `invalid-input` for a requester's names that cannot be taken
 * as they are, those of `lifetime`.
 */
export async function issueClient(issuer: OpenIssuer, { names, ...input }: ClientInput): Promise<Uint8Array> {
  const { subject, alternativeNames } = namesFor(names)
  return clientFor(issuer, subject, alternativeNames, input)
}

function namesFor(names: CertificateNames): { subject: Uint8Array; alternativeNames: Extension[] } {
  if (names.kind === 'as-requested') return takeRequestedNames(names.request, names.withoutUnsupported)
  const alternatives = alternativeNamesFrom(names.emails, names.dnsNames)
  return {
    subject: encodeName(nameFrom(names.subject)),
    alternativeNames: alternatives.length === 0 ? [] : [subjectAlternativeName(alternatives)],
  }
}

/** With a name (DER) and alternative names that are there already. */
export async function clientFor(
  issuer: OpenIssuer,
  subject: Uint8Array,
  alternativeNames: Extension[],
  { spki, days, now }: Pick<ClientInput, 'spki' | 'days' | 'now'>,
): Promise<Uint8Array> {
  requireUsableKey(spki)
  return certify(
    {
      issuer: issuer.name,
      subject,
      spki,
      validity: lifetime(now, days, issuer),
      extensions: [...clientExtensions(spki), ...alternativeNames, authorityKeyIdentifier(issuer.keyIdentifier)],
    },
    issuer.signer,
  )
}

/**
 * For a request (PKCS#10, DER), with its own names: for the practice site, where no one can be impersonated. Errors: `malformed`
 * when its signature is wrong, and those of `issueClient`.
 */
export async function issueAsRequested(
  input: Issuer & { requestDer: Uint8Array; days: number; now: Date },
): Promise<Uint8Array> {
  const { requestDer: request, days, now } = input
  const { signatureValid, spki } = await readRequest(request)
  if (!signatureValid)
    throw new AppError('malformed', 'The signature of the request is wrong, so it does not prove who has the key.')
  const names = { kind: 'as-requested', request, withoutUnsupported: true } as const
  return issueClient(openIssuer(input), { names, spki, days, now })
}

/**
 * The same subject, key and alternative names with a new serial number and new dates; DER. `certificate`: the one to be
 * renewed, DER. Errors: `certificate-is-authority`, and those of `issueClient`.
 */
export function renewClient(
  issuer: OpenIssuer,
  { certificate, days, now }: { certificate: Uint8Array; days: number; now: Date },
): Promise<Uint8Array> {
  const old = readCertificate(certificate)
  if (mayIssue(old)) throw new AppError('certificate-is-authority')
  const names = extensionValue(old.extensions, ids.subjectAlternativeName)
  const alternatives = names === null ? [] : [alternativeNamesFromValue(names)]
  return clientFor(issuer, old.subject.raw, alternatives, { spki: normaliseSpki(old.spki), days, now })
}
