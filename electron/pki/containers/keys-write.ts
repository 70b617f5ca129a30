import { AppError } from '#shared/errors'
import { octetString, sequence } from '../der'
import { privateKeyOf } from '../keys'
import { encryptPbes2 } from './pbes2-write'

/** EncryptedPrivateKeyInfo (RFC 5958 §3), DER, from plain PKCS#8 (DER) by PBES2. */
export function encryptPkcs8(pkcs8: Uint8Array, password: string): Uint8Array {
  const { algorithm, cipherText } = encryptPbes2(password, pkcs8)
  return sequence(algorithm, octetString(cipherText))
}

/**
 * The form of before PKCS#8, unencrypted DER with its PEM label: RSAPrivateKey (RFC 8017 §A.1.2) or ECPrivateKey (RFC 5915
 * §3). Takes plain PKCS#8 (DER). Errors: `malformed`, and `unsupported-algorithm` for kinds of keys that never had one.
 */
export function traditionalKey(pkcs8: Uint8Array): { label: string; der: Uint8Array } {
  const key = privateKeyOf(pkcs8)
  const kind = key.asymmetricKeyType
  if (kind === 'rsa') return { label: 'RSA PRIVATE KEY', der: key.export({ type: 'pkcs1', format: 'der' }) }
  if (kind === 'ec') return { label: 'EC PRIVATE KEY', der: key.export({ type: 'sec1', format: 'der' }) }
  throw new AppError('unsupported-algorithm', `a key of the kind ${kind ?? 'unknown'} in the traditional format`)
}
