import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto'
import { integer, octetString, oid, sequence } from '#electron/pki/der'

/** EncryptedPrivateKeyInfo as writers other than openssl made it, or as nobody should. All DER. */
const salt = Buffer.from('0102030405060708', 'hex')
const iv = Buffer.from('101112131415161718191a1b1c1d1e1f', 'hex')

export interface Pbes2 {
  /** What really encrypts. */
  cipher: string
  /** What the file says that it is. */
  said: string
  /** In octets; null leaves it out. */
  statedLength: number | null
  rounds?: number
  /** Instead of HMAC-SHA-1. */
  prf?: { id: string; hash: string }
}

/** PBES2 with PBKDF2, the way old NSS wrote it. */
export function pbes2(plain: Uint8Array, password: string, choice: Pbes2): Uint8Array {
  const { cipher, said, statedLength, rounds = 100, prf } = choice
  const length = Number(cipher.split('-')[1]) / 8
  const key = pbkdf2Sync(password, salt, rounds, length, prf?.hash ?? 'sha1')
  const encipher = createCipheriv(cipher, key, iv)
  const stated = statedLength === null ? [] : [integer(statedLength)]
  const named = prf === undefined ? [] : [sequence(oid(prf.id))]
  const derivation = sequence(
    oid('1.2.840.113549.1.5.12'),
    sequence(octetString(salt), integer(rounds), ...stated, ...named),
  )
  const scheme = sequence(oid(said), octetString(iv))
  return encrypted(
    sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)),
    Buffer.concat([encipher.update(plain), encipher.final()]),
  )
}

/** An algorithm and what it encrypted. */
export const encrypted = (algorithm: Uint8Array, cipherText: Uint8Array): Uint8Array =>
  sequence(algorithm, octetString(cipherText))

/** PBES2 whose derivation is given whole; nothing is really encrypted. */
export function derivedBy(derivation: Uint8Array): Uint8Array {
  const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv))
  return encrypted(sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), Buffer.alloc(64))
}

/** PBES2 with scrypt of these parameters. */
export const scryptKey = (cost: number, blockSize: number, parallel: number): Uint8Array =>
  derivedBy(
    sequence(
      oid('1.3.6.1.4.1.11591.4.11'),
      sequence(octetString(salt), integer(cost), integer(blockSize), integer(parallel)),
    ),
  )

/** PBES2 with PBKDF2: any INTEGER (DER) for the rounds, and an OID for the PRF. */
export const pbkdf2Key = (rounds: Uint8Array, prf = '1.2.840.113549.2.9'): Uint8Array =>
  derivedBy(sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), rounds, sequence(oid(prf)))))

/** PBKDF1's digest (RFC 8018 §5.1). */
export function pbkdf1(hash: string, password: string, rounds: number): Buffer {
  let digest = createHash(hash).update(password).update(salt).digest()
  for (let round = 1; round < rounds; round += 1) digest = createHash(hash).update(digest).digest()
  return digest
}

export const saltAndRounds = (rounds: number): Uint8Array => sequence(octetString(salt), integer(rounds))
