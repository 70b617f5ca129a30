import { constants, type KeyObject, sign, verify } from 'node:crypto'
// For what signers hand to the structures of the same library that requests and certificates are written with.
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import { childrenOf, readInteger, readOnly, tags } from './der'
import { readAlgorithm, readOnlyOf } from './der-values'
import { keyIds } from './key-names'
import { privateKeyOf } from './keys'

interface SignatureAlgorithm {
  name: string
  /** Null for EdDSA, which hashes by itself. */
  hash: string | null
  key: 'rsa' | 'ec' | 'dsa' | 'ed25519' | 'ed448'
  accepted: boolean
}

const algorithm = (
  name: string,
  key: SignatureAlgorithm['key'],
  hash: string | null,
  accepted: boolean,
): SignatureAlgorithm => ({ name, hash, key, accepted })

/** RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3; `accepted` as on Cloudflare's list, with the names it uses. */
const algorithms: Record<string, SignatureAlgorithm> = {
  '1.2.840.113549.1.1.5': algorithm('SHA1WithRSA', 'rsa', 'sha1', true),
  '1.2.840.113549.1.1.11': algorithm('SHA256WithRSA', 'rsa', 'sha256', true),
  '1.2.840.113549.1.1.12': algorithm('SHA384WithRSA', 'rsa', 'sha384', true),
  '1.2.840.113549.1.1.13': algorithm('SHA512WithRSA', 'rsa', 'sha512', true),
  '1.2.840.10045.4.1': algorithm('ECDSAWithSHA1', 'ec', 'sha1', true),
  '1.2.840.10045.4.3.2': algorithm('ECDSAWithSHA256', 'ec', 'sha256', true),
  '1.2.840.10045.4.3.3': algorithm('ECDSAWithSHA384', 'ec', 'sha384', true),
  '1.2.840.10045.4.3.4': algorithm('ECDSAWithSHA512', 'ec', 'sha512', true),
  '1.2.840.113549.1.1.4': algorithm('MD5WithRSA', 'rsa', 'md5', false),
  '1.2.840.113549.1.1.14': algorithm('SHA224WithRSA', 'rsa', 'sha224', false),
  '1.2.840.10045.4.3.1': algorithm('ECDSAWithSHA224', 'ec', 'sha224', false),
  '1.2.840.10040.4.3': algorithm('DSAWithSHA1', 'dsa', 'sha1', false),
  '2.16.840.1.101.3.4.3.2': algorithm('DSAWithSHA256', 'dsa', 'sha256', false),
  '1.3.101.112': algorithm('Ed25519', 'ed25519', null, false),
  '1.3.101.113': algorithm('Ed448', 'ed448', null, false),
}

/** Known by name only, or, for RSA-PSS, described by parameters. */
const otherNames: Record<string, string> = {
  [keyIds.rsaPss]: 'RSA-PSS',
  '1.2.840.113549.1.1.2': 'MD2WithRSA',
}

/** The name on Cloudflare's list of accepted signature algorithms, or another one that says what it is. */
export function signatureName(identifier: string): string {
  return algorithms[identifier]?.name ?? otherNames[identifier] ?? identifier
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

/** The OIDs of RSA with each hash (RFC 4055 §5). */
const rsaWith = {
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
} as const

/** `rsaHash` for RSA; for EC the curve's own size: SHA-256, SHA-384 for P-384 and SHA-512 for P-521. `pkcs8`: DER. */
export function signerFor(pkcs8: Uint8Array, rsaHash: keyof typeof rsaWith = 'sha256'): Signer {
  const key = privateKeyOf(pkcs8)
  const [identifier, hash] = choose(key, rsaHash)
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

function choose(key: KeyObject, rsaHash: keyof typeof rsaWith): [string, string] {
  if (key.asymmetricKeyType === 'rsa') return [rsaWith[rsaHash], rsaHash]
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
        `Keys of type ${key.asymmetricKeyType ?? 'unknown'} cannot sign here.`,
      )
  }
}

/** False for a wrong signature and for algorithms that cannot be checked here; never throws for what a file may hold. */
export function isSignedBy(
  content: Uint8Array,
  signature: Uint8Array,
  { algorithm: identifier, parameters }: Pick<AlgorithmIdentifier, 'algorithm' | 'parameters'>,
  key: KeyObject,
): boolean {
  try {
    if (identifier === keyIds.rsaPss) return verifyPss(content, signature, parameters, key)
    const known = algorithms[identifier]
    if (known === undefined || known.key !== key.asymmetricKeyType) return false
    return verify(known.hash, content, key, signature)
  } catch {
    return false
  }
}

/** Whether `isSignedBy` knows this algorithm at all, so that its false means a wrong signature. */
export function isCheckable({
  algorithm: identifier,
  parameters,
}: Pick<AlgorithmIdentifier, 'algorithm' | 'parameters'>): boolean {
  return identifier === keyIds.rsaPss ? pssOf(parameters) !== null : algorithms[identifier] !== undefined
}

/** RSASSA-PSS (RFC 4055 §3.1): everything about it stands in the parameters. */
function verifyPss(
  content: Uint8Array,
  signature: Uint8Array,
  parameters: ArrayBuffer | null | undefined,
  key: KeyObject,
): boolean {
  const known = pssOf(parameters)
  if (known === null) return false
  const { hash, saltLength } = known
  return verify(hash, content, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}

/** Null for parameters that are absent, damaged, or name an unknown hash. */
function pssOf(parameters: ArrayBuffer | null | undefined): { hash: string; saltLength: number } | null {
  if (parameters === null || parameters === undefined) return null
  try {
    const fields = childrenOf(readOnlyOf(new Uint8Array(parameters), tags.sequence))
    const fieldOf = (tag: number) => fields.find((field) => field.tag === tag)
    const [hashField, saltField] = [fieldOf(0xa0), fieldOf(0xa2)]
    // RFC 4055 §3.1: SHA-1 and 20 octets where nothing is said.
    const hash = pssHashes[hashField === undefined ? sha1 : readAlgorithm(readOnly(hashField.content)).algorithm]
    const saltLength = saltField === undefined ? 20 : readInteger(readOnly(saltField.content))
    return hash === undefined ? null : { hash, saltLength }
  } catch {
    return null
  }
}

const sha1 = '1.3.14.3.2.26'
const pssHashes: Record<string, string> = {
  [sha1]: 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
