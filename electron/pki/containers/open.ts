import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { MAX_FILE_BYTES } from '#shared/model/file'
import { tags } from '../der'
import { spendParts } from './budget'
import { type DerKind, foreignFormat } from './classify'
import { addElement } from './contents'
import { decryptDekInfo } from './dek-info'
import { foreignBlock, foreignFile } from './foreign-formats'
import type { OpenedFile } from './opened'
import { type PemBlock, pemBytes, splitPem } from './pem'
import { plainKey } from './private-keys'
import { attempt, finishReading, type Reading, startReading } from './reading'

export interface OpenInput {
  name: string
  bytes: Uint8Array
  password: string | null
}

/**
 * Opens one file of any supported format, by content alone. Decryption takes as long as the file's maker wished: run it
 * in a job. A file of which a part can be used is opened, and says in `failures` what could not be read. Errors:
 * `file-empty`, `too-large`, `malformed`, `unsupported-format`, `unsupported-algorithm`, `password-needed`,
 * `wrong-password`, `too-many-iterations`, `nothing-usable`.
 */
export async function openFile({ name, bytes, password }: OpenInput): Promise<OpenedFile> {
  if (bytes.length === 0) throw new AppError('file-empty', name)
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('too-large', `${name}: ${countOf(bytes.length, 'byte')}`)
  const text = textOf(bytes)
  if (text.trim() === '') throw new AppError('file-empty', name)
  return finishReading(text.includes('-----BEGIN ') ? openPem(text, password) : openBinary(bytes, text, password))
}

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

function openPem(text: string, password: string | null): Reading {
  const blocks = splitPem(text)
  if (blocks.length === 0) {
    const foreign = foreignFormat(new Uint8Array(), text)
    if (foreign !== null) throw new AppError('unsupported-format', foreign)
    throw new AppError('malformed', 'A PEM block begins but does not end.')
  }
  const reading = startReading('PEM', password)
  spendParts(reading.budget, blocks.length)
  for (const [index, block] of blocks.entries()) {
    // In a file of many blocks a person needs to know which one it is about.
    const where = blocks.length === 1 ? '' : `Block ${index + 1}, “${block.label}”`
    attempt(reading, where, () => addBlock(reading, block, where))
  }
  return reading
}

function addBlock(reading: Reading, block: PemBlock, where: string): void {
  const { file, password } = reading
  const foreign = foreignBlock(block.label)
  if (foreign !== null) throw new AppError('unsupported-format', foreign)
  const der = pemBytes(block)
  const dekInfo = block.headers['DEK-Info']
  if (dekInfo !== undefined) {
    const plain = decryptDekInfo(dekInfo, der, password)
    file.keys.push({ ...plainKey(plain), label: null })
    return
  }
  // Curve parameters stand before many EC keys and say nothing that the key does not say itself.
  if (block.label.endsWith('PARAMETERS')) reading.passedOver.push(block.label)
  else addElement(reading, der, where)
}

function openBinary(bytes: Uint8Array, text: string, password: string | null): Reading {
  const foreign = foreignFormat(bytes, text) ?? foreignFile(bytes, text)
  if (foreign !== null) throw new AppError('unsupported-format', foreign)
  const der = bytes[0] === tags.sequence ? bytes : bareBase64(text)
  if (der === null) throw new AppError('unsupported-format', 'Neither PEM text nor a binary (DER) certificate file.')
  const reading = startReading('DER', password)
  reading.file.format = formats[addElement(reading, der, '')]
  return reading
}

/** Base64 without its armour, as mail programs and web forms leave it. */
function bareBase64(text: string): Uint8Array | null {
  const clean = text.replace(/\s/gu, '')
  if (clean.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/u.test(clean)) return null
  const decoded = Buffer.from(clean, 'base64')
  return decoded[0] === tags.sequence ? decoded : null
}

const formats: Record<DerKind, string> = {
  certificate: 'DER certificate',
  request: 'DER request (CSR)',
  crl: 'DER CRL',
  pkcs12: 'PKCS#12',
  pkcs7: 'PKCS#7',
  'encrypted-key': 'encrypted PKCS#8 key',
  'private-key': 'DER private key',
  'public-key': 'DER public key',
  'rsa-public-key': 'DER public key',
  'dsa-public-key': 'DER public key',
  parameters: 'DER',
  'unsigned-certificate': 'DER',
  'ocsp-request': 'DER',
  'ocsp-response': 'DER',
}
