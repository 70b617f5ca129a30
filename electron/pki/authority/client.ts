import { AsnConvert } from '@peculiar/asn1-schema'
import type { Extension } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { SubjectDraft } from '#shared/model/identity'
import {
  alternativeNamesFrom,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  ids,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from '../extensions'
import { encodeName, nameFrom } from '../names'
import { parseRequest, readRequest, subjectIn } from '../request'
import { certify } from './certify'
import { type Issuer, type OpenIssuer, openIssuer } from './issuer'
import { requireUsableKey } from './key-policy'
import { lifetime } from './lifetime'

export interface ClientInput {
  /** Decided by whoever issues; what a requester wrote is only a wish. */
  subject: SubjectDraft
  emails: string[]
  dnsNames: string[]
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  days: number
  now: Date
}

/**
 * A client certificate: X.509 v3, CA:FALSE, clientAuth, DER. Its key usage is digitalSignature alone, for RSA keys too:
 * a TLS client only ever signs with its key, and RFC 5280 §4.2.1.12 names digitalSignature and keyAgreement as what is
 * consistent with clientAuth; keyEncipherment (§4.2.1.3) is the server's half of RSA key transport.
 * Errors: `unsupported-algorithm` for keys that Access refuses, `invalid-input` where the issuer has ended.
 */
export function issueClient(issuer: OpenIssuer, input: ClientInput): Promise<Uint8Array> {
  const names = alternativeNamesFrom(input.emails, input.dnsNames)
  const alternative = names.length === 0 ? [] : [subjectAlternativeName(names)]
  return clientFor(issuer, encodeName(nameFrom(input.subject)), alternative, input)
}

/** With a name (DER) and alternative names that are there already, see `renew.ts`. */
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
      extensions: [
        basicConstraints(false),
        keyUsage('digitalSignature'),
        extendedKeyUsage(ids.clientAuthentication),
        ...alternativeNames,
        subjectKeyIdentifier(spki),
        authorityKeyIdentifier(issuer.keyIdentifier),
      ],
    },
    issuer.signer,
  )
}

/**
 * For a request (PKCS#10, DER), its subject taken as it is and its wishes for extensions left out: for the practice site,
 * where nobody can be impersonated. Errors: `malformed` when its signature is wrong.
 */
export async function issueAsRequested(
  input: Issuer & { requestDer: Uint8Array; days: number; now: Date },
): Promise<Uint8Array> {
  const { signatureValid } = await readRequest(input.requestDer)
  if (!signatureValid)
    throw new AppError('malformed', 'The signature of the request is wrong, so nobody has proven to own its key.')
  const { subjectPKInfo } = parseRequest(input.requestDer).certificationRequestInfo
  const spki = new Uint8Array(AsnConvert.serialize(subjectPKInfo))
  return clientFor(openIssuer(input), subjectIn(input.requestDer).raw, [], { ...input, spki })
}
