import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'
import { algorithmName } from '../algorithm-names'

/** Hashes by OID, as the engines call them (RFC 8017 appendix B.1, RFC 5754 §2, NIST's CSOR). */
const digests: Record<string, string> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.5': 'sha512-224',
  '2.16.840.1.101.3.4.2.6': 'sha512-256',
  '2.16.840.1.101.3.4.2.7': 'sha3-224',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
}

/** HMACs by OID (RFC 8018 appendix B.1, NIST's CSOR): PBKDF2's PRF and PBMAC1's MAC. */
const hmacs: Record<string, string> = {
  '1.2.840.113549.2.6': 'md5',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.840.113549.2.12': 'sha512-224',
  '1.2.840.113549.2.13': 'sha512-256',
  '2.16.840.1.101.3.4.2.13': 'sha3-224',
  '2.16.840.1.101.3.4.2.14': 'sha3-256',
  '2.16.840.1.101.3.4.2.15': 'sha3-384',
  '2.16.840.1.101.3.4.2.16': 'sha3-512',
}

/** The engine's name of a hash. `use` begins the error's words: "a MAC". Errors: `unsupported-algorithm` with its name. */
export const digestOf = (id: string, use: string): string => supported(digests[id], id, use)

/** The same of an HMAC's hash. */
export const hmacHashOf = (id: string, use: string): string => supported(hmacs[id], id, use)

/** Electron's engine has fewer hashes than Node's. */
function supported(hash: string | undefined, id: string, use: string): string {
  if (hash === undefined || !isKnownToEngine(hash))
    throw new AppError('unsupported-algorithm', `${use} with ${algorithmName(id)}`)
  return hash
}

function isKnownToEngine(hash: string): boolean {
  try {
    createHash(hash)
    return true
  } catch {
    return false
  }
}

/** In octets. */
export const digestLength = (hash: string): number => createHash(hash).digest().length
