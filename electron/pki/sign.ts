import { constants, type KeyObject, sign, verify } from 'node:crypto'
// For what signers hand to the structures of the same library that requests and certificates are written with.
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import { ifReadable, readInteger, readOnly, tags } from './der'
import { type AlgorithmValue, membersOf, readAlgorithm, readOnlyOf } from './der-values'
import { keyIds, postQuantumNames } from './key-names'
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
  '1.2.840.113549.1.1.3': 'MD4WithRSA',
  '1.2.840.113549.1.1.15': 'SHA512-224WithRSA',
  '1.2.840.113549.1.1.16': 'SHA512-256WithRSA',
  '1.3.14.3.2.29': 'SHA1WithRSA (OIW)',
  '1.3.36.3.3.1.2': 'RIPEMD160WithRSA',
  '1.2.156.10197.1.501': 'SM2WithSM3',
  '1.2.643.7.1.1.3.2': 'GOST R 34.10-2012 (256 bits)',
  '1.2.643.7.1.1.3.3': 'GOST R 34.10-2012 (512 bits)',
  // NIST's Computer Security Objects Register, "Signature Algorithms".
  '2.16.840.1.101.3.4.3.1': 'DSAWithSHA224',
  '2.16.840.1.101.3.4.3.3': 'DSAWithSHA384',
  '2.16.840.1.101.3.4.3.4': 'DSAWithSHA512',
  '2.16.840.1.101.3.4.3.9': 'ECDSAWithSHA3-224',
  '2.16.840.1.101.3.4.3.10': 'ECDSAWithSHA3-256',
  '2.16.840.1.101.3.4.3.11': 'ECDSAWithSHA3-384',
  '2.16.840.1.101.3.4.3.12': 'ECDSAWithSHA3-512',
  '2.16.840.1.101.3.4.3.13': 'SHA3-224WithRSA',
  '2.16.840.1.101.3.4.3.14': 'SHA3-256WithRSA',
  '2.16.840.1.101.3.4.3.15': 'SHA3-384WithRSA',
  '2.16.840.1.101.3.4.3.16': 'SHA3-512WithRSA',
  ...postQuantumNames,
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

/** `unchecked`: by its algorithm or its key it cannot be checked here, so nothing is known about it. */
export type SignatureCheck = 'good' | 'wrong' | 'unchecked'

/** Whether `key` (null: of a kind that the engine does not take) made the signature. Never throws for what a file may hold. */
export function checkSignature(
  content: Uint8Array,
  signature: Uint8Array,
  { algorithm: identifier, parameters }: Pick<AlgorithmIdentifier, 'algorithm' | 'parameters'>,
  key: KeyObject | null,
): SignatureCheck {
  if (key === null) return 'unchecked'
  if (identifier === keyIds.rsaPss) return verifyPss(content, signature, parameters, key)
  const known = algorithms[identifier]
  if (known === undefined) return 'unchecked'
  return known.key === key.asymmetricKeyType ? byEngine(() => verify(known.hash, content, key, signature)) : 'wrong'
}

/** The engine throws where it has no such hash or curve: BoringSSL lacks some that OpenSSL has. */
function byEngine(isGood: () => boolean): SignatureCheck {
  try {
    return isGood() ? 'good' : 'wrong'
  } catch {
    return 'unchecked'
  }
}

/** MD2, MD4 and MD5: whoever has one signature can make another document that it fits. Input: OID. */
export const isForgeable = (identifier: string): boolean => forgeable.has(identifier)

const forgeable = new Set(['1.2.840.113549.1.1.2', '1.2.840.113549.1.1.3', '1.2.840.113549.1.1.4'])

/** Whether `checkSignature` knows this algorithm at all. */
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
): SignatureCheck {
  const known = pssOf(parameters)
  if (known === null) return 'unchecked'
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return 'wrong'
  const { hash, saltLength } = known
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
  return byEngine(() => verify(hash, content, options, signature))
}

/** Null for what the engine cannot be asked for: parameters that are absent or damaged, another hash, two hashes, another mask. */
function pssOf(parameters: ArrayBuffer | null | undefined): { hash: string; saltLength: number } | null {
  if (parameters === null || parameters === undefined) return null
  return ifReadable(() => {
    const members = membersOf(readOnlyOf(new Uint8Array(parameters), tags.sequence), [0xa0, 0xa1, 0xa2, 0xa3])
    const memberOf = (tag: number) => {
      const member = members.get(tag)
      return member === undefined ? null : readOnly(member.content)
    }
    const [hashField, maskField, saltField, trailerField] = [0xa0, 0xa1, 0xa2, 0xa3].map(memberOf)
    // RFC 4055 §3.1: SHA-1, MGF1 with SHA-1, 20 octets and the first trailer where nothing is said.
    const hash = pssHashes[hashField ? readAlgorithm(hashField).algorithm : sha1]
    const maskHash = pssHashes[maskField ? maskHashOf(readAlgorithm(maskField)) : sha1]
    const saltLength = saltField ? readInteger(saltField) : 20
    const trailer = trailerField ? readInteger(trailerField) : 1
    return hash === undefined || maskHash !== hash || trailer !== 1 ? null : { hash, saltLength }
  })
}

/** The hash inside MGF1 (RFC 4055 §2.2), the only mask generation function there is; of another one its own OID. */
function maskHashOf({ algorithm: identifier, parameters }: AlgorithmValue): string {
  if (identifier !== '1.2.840.113549.1.1.8' || parameters === null) return identifier
  return readAlgorithm(readOnly(new Uint8Array(parameters))).algorithm
}

const sha1 = '1.3.14.3.2.26'
const pssHashes: Record<string, string> = {
  [sha1]: 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
