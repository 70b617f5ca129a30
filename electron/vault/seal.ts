import { createCipheriv, createDecipheriv } from 'node:crypto'
import { AppError } from '#shared/errors'
import { isMagic } from './header'

const magic = Buffer.from('LKV1')
const keyIdLength = 16
const nonceLength = 12
const tagLength = 16
const headLength = magic.length + keyIdLength + nonceLength

export interface SealInput {
  masterKey: Uint8Array
  /** 16 bytes naming the master key, so that a file under another key is not mistaken for a damaged one. */
  keyId: Uint8Array
  /** Kind and id of the record: associated data, so that sealed files cannot be exchanged for one another. */
  label: string
}

/** Layout: magic, key id, nonce, ciphertext, tag. AES-256-GCM, 96-bit fresh nonce (NIST SP 800-38D). */
export function seal(input: SealInput, nonce: Uint8Array, secret: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', input.masterKey, nonce)
  cipher.setAAD(associated(input))
  const body = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([magic, input.keyId, nonce, body, cipher.getAuthTag()])
}

export function unseal(input: SealInput, sealed: Uint8Array): Buffer {
  if (!isMagic(magic, sealed, 'A sealed file') || sealed.length < headLength + tagLength) {
    throw new AppError('vault-damaged', 'A sealed file is not Latchkey’s, or is truncated.')
  }
  if (!Buffer.from(input.keyId).equals(sealed.subarray(magic.length, magic.length + keyIdLength))) {
    throw new AppError('vault-damaged', 'A sealed file belongs to another master key.')
  }
  const decipher = createDecipheriv(
    'aes-256-gcm',
    input.masterKey,
    sealed.subarray(magic.length + keyIdLength, headLength),
  )
  decipher.setAAD(associated(input))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headLength, sealed.length - tagLength)), decipher.final()])
  } catch {
    throw new AppError('vault-damaged', 'A sealed file was altered.')
  }
}

const associated = ({ keyId, label }: SealInput) => Buffer.concat([magic, keyId, Buffer.from(label)])
