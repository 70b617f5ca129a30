import { type KeyObject, sign, verify } from 'node:crypto'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import { privateKeyOf } from './keys'

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** RFC 4055 §5 and RFC 5758 §3.2: those Access accepts, by OID, with the name Cloudflare's list uses. */
const algorithms: Record<string, { name: string; hash: Hash; accepted: boolean }> = {
  '1.2.840.113549.1.1.5': { name: 'SHA1WithRSA', hash: 'sha1', accepted: true },
  '1.2.840.113549.1.1.11': { name: 'SHA256WithRSA', hash: 'sha256', accepted: true },
  '1.2.840.113549.1.1.12': { name: 'SHA384WithRSA', hash: 'sha384', accepted: true },
  '1.2.840.113549.1.1.13': { name: 'SHA512WithRSA', hash: 'sha512', accepted: true },
  '1.2.840.10045.4.1': { name: 'ECDSAWithSHA1', hash: 'sha1', accepted: true },
  '1.2.840.10045.4.3.2': { name: 'ECDSAWithSHA256', hash: 'sha256', accepted: true },
  '1.2.840.10045.4.3.3': { name: 'ECDSAWithSHA384', hash: 'sha384', accepted: true },
  '1.2.840.10045.4.3.4': { name: 'ECDSAWithSHA512', hash: 'sha512', accepted: true },
}

const refusedNames: Record<string, string> = {
  '1.2.840.113549.1.1.4': 'MD5WithRSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

/** The name on Cloudflare's list of accepted signature algorithms, or another one that says what it is. */
export function signatureName(identifier: string): string {
  return algorithms[identifier]?.name ?? refusedNames[identifier] ?? identifier
}

/** Whether Access takes certificates signed this way (Cloudflare's mutual TLS page, "Allowed signature algorithms"). */
export function isAcceptedSignature(identifier: string): boolean {
  return algorithms[identifier]?.accepted ?? false
}

export interface Signer {
  algorithm: AlgorithmIdentifier
  /** PKCS#1 v1.5 for RSA, DER Ecdsa-Sig-Value for EC (RFC 3279 §2.2.3). */
  sign(content: Uint8Array): Promise<Uint8Array>
}

/** SHA-256, or the curve's own size: SHA-384 for P-384 and SHA-512 for P-521. `pkcs8`: DER. */
export function signerFor(pkcs8: Uint8Array): Signer {
  const key = privateKeyOf(pkcs8)
  const [identifier, hash] = choose(key)
  const isRsa = key.asymmetricKeyType === 'rsa'
  // RFC 4055 §5: NULL parameters for RSA; RFC 5758 §3.2: none for ECDSA.
  const algorithm = new AlgorithmIdentifier(
    isRsa ? { algorithm: identifier, parameters: null } : { algorithm: identifier },
  )
  return {
    algorithm,
    sign: (content) =>
      new Promise((resolve, reject) => {
        sign(hash, content, key, (error, signature) => (error === null ? resolve(signature) : reject(error)))
      }),
  }
}

function choose(key: KeyObject): [string, Hash] {
  if (key.asymmetricKeyType === 'rsa') return ['1.2.840.113549.1.1.11', 'sha256']
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'prime256v1':
      return ['1.2.840.10045.4.3.2', 'sha256']
    case 'secp384r1':
      return ['1.2.840.10045.4.3.3', 'sha384']
    case 'secp521r1':
      return ['1.2.840.10045.4.3.4', 'sha512']
    default:
      throw new AppError(
        'unsupported-algorithm',
        `Keys of the kind ${key.asymmetricKeyType ?? 'unknown'} cannot sign here.`,
      )
  }
}

/** False for a wrong signature and for algorithms we do not check; never throws for what a file may hold. */
export function isSignedBy(content: Uint8Array, signature: Uint8Array, identifier: string, key: KeyObject): boolean {
  const hash = algorithms[identifier]?.hash ?? (identifier.startsWith('1.3.101.') ? null : undefined)
  if (hash === undefined) return false
  try {
    return verify(hash, content, key, signature)
  } catch {
    return false
  }
}
