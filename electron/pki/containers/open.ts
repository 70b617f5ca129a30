import { AppError, isAppError } from '#shared/errors'
import { toDer } from '../ber'
import { parseCertificate } from '../certificate'
import { tags } from '../der'
import { parseRequest } from '../request'
import { classify } from './classify'
import { decryptDekInfo } from './dek-info'
import { foreignFormat } from './foreign'
import type { OpenedFile } from './opened'
import { decodePem, type PemBlock } from './pem'
import { readPkcs7 } from './pkcs7'
import { readPkcs12 } from './pkcs12-read'
import { decryptKey, plainKey, wrapRsaPublicKey } from './private-keys'

export const sizeLimit = 16 * 1024 * 1024

export interface OpenInput {
  name: string
  bytes: Uint8Array
  password: string | null
}

/**
 * Opens one file of any supported format, by content alone. Decryption takes as long as the file's maker wished: run it
 * in a job. Errors: `file-empty`, `too-large`, `malformed`, `unsupported-format`, `unsupported-algorithm`,
 * `password-needed`, `wrong-password`, `too-many-iterations`, `nothing-usable`.
 */
export async function openFile({ name, bytes, password }: OpenInput): Promise<OpenedFile> {
  if (bytes.length === 0) throw new AppError('file-empty', name)
  if (bytes.length > sizeLimit) throw new AppError('too-large', `${name}: ${bytes.length} bytes`)
  const text = textOf(bytes)
  if (text.trim() === '') throw new AppError('file-empty', name)
  const found = text.includes('-----BEGIN ') ? openPem(text, password) : openBinary(bytes, text, password)
  if (isEmpty(found)) throw new AppError('nothing-usable', `${found.format} without a certificate, key, request or CRL`)
  return found
}

function emptyFile(format: string): OpenedFile {
  return { format, keys: [], certificates: [], requests: [], crls: [], publicKeys: [] }
}

const isEmpty = (file: OpenedFile) =>
  [file.keys, file.certificates, file.requests, file.crls, file.publicKeys].every((list) => list.length === 0)

/** UTF-16 happens when Notepad saves a PEM; a byte order mark tells. Bytes that are no text stay Latin-1. */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.subarray(2).toString('utf16le')
  if (buffer[0] === 0xfe && buffer[1] === 0xff)
    return Buffer.from(buffer.subarray(2, buffer.length - (buffer.length % 2)))
      .swap16()
      .toString('utf16le')
  return buffer.toString('latin1')
}

function openPem(text: string, password: string | null): OpenedFile {
  const blocks = decodePem(text)
  if (blocks.length === 0) {
    const foreign = foreignFormat(new Uint8Array(), text)
    if (foreign !== null) throw new AppError('unsupported-format', foreign)
    throw new AppError('malformed', 'A PEM block begins but does not end.')
  }
  const file = emptyFile('PEM')
  for (const [index, block] of blocks.entries()) {
    const place = blocks.length === 1 ? '' : `Block ${index + 1}, “${block.label}”: `
    located(place, () => addBlock(block, file, password))
  }
  return file
}

/** In a file of many blocks a person needs to know which one it is about. */
function located(place: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isAppError(error, 'malformed') && !isAppError(error, 'unsupported-algorithm')) throw error
    throw new AppError(error.code, `${place}${error.detail ?? ''}`, { cause: error })
  }
}

function addBlock({ label, headers, der }: PemBlock, file: OpenedFile, password: string | null): void {
  const dekInfo = headers['DEK-Info']
  if (dekInfo !== undefined) {
    const plain = decryptDekInfo(dekInfo, der, password === null ? null : [password])
    file.keys.push({ ...plainKey(plain), label: null })
    return
  }
  // Curve parameters stand before many EC keys and say nothing that the key does not say itself.
  if (label.endsWith('PARAMETERS')) return
  addDer(der, file, password)
}

function openBinary(bytes: Uint8Array, text: string, password: string | null): OpenedFile {
  const foreign = foreignFormat(bytes, text)
  if (foreign !== null) throw new AppError('unsupported-format', foreign)
  const der = bytes[0] === tags.sequence ? bytes : bareBase64(text)
  if (der === null) throw new AppError('unsupported-format', 'Neither PEM text nor a binary (DER) certificate file.')
  const file = emptyFile('DER')
  const kind = addDer(der, file, password)
  return { ...file, format: formats[kind] }
}

/** Base64 without its armour, as mail programs and web forms leave it. */
function bareBase64(text: string): Uint8Array | null {
  const clean = text.replace(/\s/gu, '')
  if (clean.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/u.test(clean)) return null
  const decoded = Buffer.from(clean, 'base64')
  return decoded[0] === tags.sequence ? decoded : null
}

const formats: Record<NonNullable<ReturnType<typeof classify>>, string> = {
  certificate: 'DER certificate',
  request: 'DER request (CSR)',
  crl: 'DER CRL',
  pkcs12: 'PKCS#12',
  pkcs7: 'PKCS#7',
  'encrypted-key': 'encrypted PKCS#8 key',
  'private-key': 'DER private key',
  'public-key': 'DER public key',
  'rsa-public-key': 'DER public key',
}

/**
 * What stands behind the element is dropped: padding of sloppy writers, and the trust settings that OpenSSL's TRUSTED
 * CERTIFICATE carries there, which are not ours to believe.
 */
function addDer(bytes: Uint8Array, file: OpenedFile, password: string | null) {
  const der = toDer(bytes)
  const kind = classify(der)
  switch (kind) {
    case 'certificate':
      parseCertificate(der)
      file.certificates.push({ der, label: null })
      break
    case 'request':
      parseRequest(der)
      file.requests.push(der)
      break
    case 'crl':
      file.crls.push(der)
      break
    case 'pkcs12': {
      const bags = readPkcs12(der, password)
      file.keys.push(...bags.keys)
      file.certificates.push(...bags.certificates)
      file.crls.push(...bags.crls)
      for (const certificate of bags.certificates) parseCertificate(certificate.der)
      break
    }
    case 'pkcs7': {
      const { certificates, crls } = readPkcs7(der)
      file.certificates.push(...certificates.map((certificate) => ({ der: certificate, label: null })))
      file.crls.push(...crls)
      for (const certificate of certificates) parseCertificate(certificate)
      break
    }
    case 'encrypted-key':
      file.keys.push({ ...decryptKey(der, password === null ? null : [password]), label: null })
      break
    case 'private-key':
      file.keys.push({ ...plainKey(der), label: null })
      break
    case 'public-key':
      file.publicKeys.push(der)
      break
    case 'rsa-public-key':
      file.publicKeys.push(wrapRsaPublicKey(der))
      break
    case null:
      throw new AppError('malformed', 'The file is DER, but nothing that Latchkey knows.')
  }
  return kind
}
