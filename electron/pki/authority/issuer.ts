import { AppError } from '#shared/errors'
import { type Signer, signerFor } from '../sign'
import { mayIssue } from '../x509/issued-by'
import { titleOf } from '../x509/name'
import { type Certificate, readCertificate } from '../x509/read'
import { keyUsageBits } from '../x509/read-extensions'
import { keyIdentifier } from './extensions'
import type { IssuerDates } from './lifetime'

/** An issuer's certificate (DER) and its key (PKCS#8, DER). */
export interface Issuer {
  issuerCertificate: Uint8Array
  issuerKey: Uint8Array
}

/** The same, opened once for any number of signatures. */
export interface OpenIssuer extends IssuerDates {
  /** DER, as its own certificate spells it: verifiers may compare octets. */
  name: Uint8Array
  /** As in its own certificate, so that a search by it finds the right key. */
  keyIdentifier: Uint8Array
  /** How many authorities may stand below it; null for no limit. */
  pathLength: number | null
  signer: Signer
}

/** Errors: `invalid-input` where the certificate may not issue (RFC 5280 §4.2.1.3, §4.2.1.9), `malformed`, `unsupported-algorithm`. */
export function openIssuer({ issuerCertificate, issuerKey }: Issuer): OpenIssuer {
  const certificate = readCertificate(issuerCertificate)
  const { basicConstraints, keyUsage } = certificate.extensions
  if (!mayIssue(certificate) || keyUsage?.has(keyUsageBits.keyCertSign) === false)
    throw new AppError('invalid-input', 'This certificate may not issue others.')
  return {
    name: certificate.subject.raw,
    ...datesIn(certificate),
    keyIdentifier: keyIdentifierOf(certificate),
    pathLength: basicConstraints?.pathLength ?? null,
    signer: signerFor(issuerKey),
  }
}

/** Input: DER. Errors: `malformed`. */
export const datesOf = (der: Uint8Array): IssuerDates => datesIn(readCertificate(der))

const datesIn = ({ subject, notBefore, notAfter }: Certificate): IssuerDates => ({
  title: titleOf(subject),
  notBefore,
  notAfter,
})

/** The identifier it gives itself, or the one computed from its key (RFC 5280 §4.2.1.1, §4.2.1.2). */
export function keyIdentifierOf({ extensions, spki }: Certificate): Uint8Array {
  const { subjectKeyId } = extensions
  return subjectKeyId === null ? keyIdentifier(spki) : Buffer.from(subjectKeyId, 'hex')
}
