import { AppError } from '#shared/errors'
import { toDer } from '../ber'
import { readCrl } from '../crl/read'
import { childrenOf, readOnly } from '../der'
import { kindOf } from '../key-names'
import { parseRequest } from '../request'
import { readCertificate } from '../x509/read'
import { spendParts } from './budget'
import { classify, type DerKind } from './classify'
import { foreignStructure } from './foreign-formats'
import { checkKeySize } from './key-check'
import { readPkcs7 } from './pkcs7'
import { readPkcs12 } from './pkcs12-read'
import { decryptKey, plainKey, wrapRsaPublicKey } from './private-keys'
import { attempt, type Reading } from './reading'

/**
 * Adds what one BER or DER element holds. What stands behind the element is dropped: padding of sloppy writers, and the
 * trust settings that OpenSSL's TRUSTED CERTIFICATE carries there, which are not ours to believe. `where` names the
 * element inside its file. Errors: those of `openFile`; parts of containers that fail are noted instead.
 */
export function addElement(reading: Reading, bytes: Uint8Array, where: string): DerKind {
  const der = toDer(bytes)
  const kind = classify(der)
  if (kind === null) {
    const foreign = foreignStructure(der)
    if (foreign !== null) throw new AppError('unsupported-format', foreign)
    throw new AppError('malformed', 'The file is DER, but of no type that Latchkey knows.')
  }
  add(reading, kind, der, where)
  return kind
}

function add(reading: Reading, kind: DerKind, der: Uint8Array, where: string): void {
  const { file, password, budget } = reading
  switch (kind) {
    case 'certificate':
      addCertificate(reading, der, null)
      break
    case 'request':
      parseRequest(der)
      file.requests.push(der)
      break
    case 'crl':
      addCrl(reading, der)
      break
    case 'pkcs12':
      addPkcs12(reading, der, where)
      break
    case 'pkcs7':
      addPkcs7(reading, der, where)
      break
    case 'encrypted-key':
      file.keys.push({
        ...decryptKey(der, { passwords: password === null ? null : [password], use: 'key', budget }),
        label: null,
      })
      break
    case 'private-key':
      file.keys.push({ ...plainKey(der), label: null })
      break
    case 'public-key':
      file.publicKeys.push(checkedPublicKey(der))
      break
    case 'rsa-public-key':
      file.publicKeys.push(wrapRsaPublicKey(der))
      break
    case 'dsa-public-key':
      throw new AppError('unsupported-algorithm', 'a key of type DSA')
    case 'parameters':
    case 'unsigned-certificate':
    case 'ocsp-request':
    case 'ocsp-response':
      reading.passedOver.push(useless[kind])
  }
}

const useless = {
  parameters: 'parameters of Diffie-Hellman or DSA',
  'unsigned-certificate': 'the unsigned part of a certificate',
  'ocsp-request': 'an OCSP request',
  'ocsp-response': 'an OCSP response',
} as const

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7); every kind of key fills whole octets of its BIT STRING. */
function checkedPublicKey(der: Uint8Array): Uint8Array {
  const [algorithm, bits] = childrenOf(readOnly(der))
  if (algorithm === undefined || bits?.content[0] !== 0) throw new AppError('malformed', 'The public key is damaged.')
  checkKeySize(kindOf(algorithm), bits.content.subarray(1))
  return der
}

function addCertificate({ file }: Reading, der: Uint8Array, label: string | null): void {
  readCertificate(der)
  file.certificates.push({ der, label })
}

function addCrl({ file }: Reading, der: Uint8Array): void {
  readCrl(der)
  file.crls.push(der)
}

function addPkcs12(reading: Reading, der: Uint8Array, where: string): void {
  const bags = readPkcs12(der, reading.password, reading.budget)
  reading.file.keys.push(...bags.keys)
  reading.passedOver.push(...bags.passedOver)
  for (const failure of bags.failures) {
    attempt(reading, place(where, failure.where), () => {
      throw failure.error
    })
  }
  addAll(reading, bags.certificates, bags.crls, where)
}

function addPkcs7(reading: Reading, der: Uint8Array, where: string): void {
  const { certificates, crls } = readPkcs7(der)
  spendParts(reading.budget, certificates.length + crls.length)
  const unlabelled = certificates.map((certificate) => ({ der: certificate, label: null }))
  if (certificates.length + crls.length === 0) reading.passedOver.push('a PKCS#7 message without certificates')
  addAll(reading, unlabelled, crls, where)
}

function addAll(
  reading: Reading,
  certificates: { der: Uint8Array; label: string | null }[],
  crls: Uint8Array[],
  where: string,
): void {
  for (const [index, { der, label }] of certificates.entries())
    attempt(reading, place(where, `Certificate ${index + 1}`), () => addCertificate(reading, der, label))
  for (const [index, crl] of crls.entries())
    attempt(reading, place(where, `CRL ${index + 1}`), () => addCrl(reading, crl))
}

const place = (...parts: string[]) => parts.filter((part) => part !== '').join(', ')
