import { createHash } from 'node:crypto'
import { AppError, isAppError } from '#shared/errors'
import type { CertificateView } from '#shared/model/certificate'
import { readOnly } from '../der'
import { describeKey, keyCodeOf, normaliseSpki } from '../keys'
import { ids, wordsForOid } from '../oids'
import { spellSerialNumber } from '../serial-number'
import { signatureName } from '../sign'
import { describeAlternativeNames } from './general-names'
import { isSelfSigned, mayIssue } from './issued-by'
import { commonNameIn, nameLine } from './name'
import { certificatePem } from './pem'
import { type Certificate, readCertificate } from './read'
import { type Extensions, extensionValue, keyUsageBits } from './read-extensions'

/** What the screens show of a certificate. Input: DER. Errors: `malformed`. */
export const viewCertificate = (der: Uint8Array): CertificateView => viewOf(readCertificate(der))

const views = new WeakMap<Certificate, CertificateView>()

/** The same for a certificate that was read. Errors: `malformed` for a public key or a date that cannot be read. */
export function viewOf(certificate: Certificate): CertificateView {
  const view = views.get(certificate) ?? makeView(certificate)
  views.set(certificate, view)
  return view
}

function makeView(certificate: Certificate): CertificateView {
  const { der, extensions } = certificate
  const spki = normaliseSpki(certificate.spki)
  const [issuer, subject] = [readOnly(certificate.issuer.raw), readOnly(certificate.subject.raw)]
  return {
    sha256: certificate.sha256,
    sha1: createHash('sha1').update(der).digest('hex'),
    commonName: commonNameIn(subject),
    subject: nameLine(subject, []),
    issuer: nameLine(issuer, []),
    issuerCommonName: commonNameIn(issuer),
    serial: spellSerialNumber(certificate.serial),
    version: certificate.version,
    notBefore: instant(certificate.notBefore),
    notAfter: instant(certificate.notAfter),
    publicKey: describeKey(spki),
    keyCode: keyCodeOf(spki),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm.algorithm),
    isAuthority: mayIssue(certificate),
    selfSigned: isSelfSigned(certificate),
    keyUsage: keyUsageNames(extensions),
    extendedKeyUsage: (extensions.extendedKeyUsage ?? []).map(wordsForOid),
    alternativeNames: alternativeNamesOf(extensions),
    pem: certificatePem(der),
  }
}

function instant(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new AppError('malformed', 'A date of the certificate cannot be read.')
  return date.toISOString()
}

/** In the order of the alphabet. */
const keyUsageNames = ({ keyUsage }: Extensions): string[] =>
  Object.entries(keyUsageBits)
    .filter(([, bit]) => keyUsage?.has(bit) === true)
    .map(([name]) => name)
    .sort()

/** What cannot be read must not hide the rest of a certificate; its path's verdict names it. */
function alternativeNamesOf(extensions: Extensions): string[] {
  const value = extensionValue(extensions, ids.subjectAlternativeName)
  if (value === null) return []
  try {
    return describeAlternativeNames(value)
  } catch (error) {
    if (!isAppError(error, 'malformed')) throw error
    return ['names that cannot be read']
  }
}
