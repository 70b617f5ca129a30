import { createHash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { childrenOf, ifReadable, readOid, readOnly } from '#electron/pki/der'
import { keySha256 } from '#electron/pki/keys'
import { signatureName } from '#electron/pki/sign'
import { anyAlgorithms } from '#electron/pki/x509/algorithms'
import { isSelfSigned } from '#electron/pki/x509/issued-by'
import { judge } from '#electron/pki/x509/judge'
import { certificatesIn } from '#electron/pki/x509/pem'
import { createPool } from '#electron/pki/x509/pool'
import { type Certificate, publicKeyOf, readCertificate } from '#electron/pki/x509/read'
import { viewOf } from '#electron/pki/x509/view'
import { neutralise } from '#shared/logic/neutralise'
import type { ServerCertificate, TlsView, TrustReason } from '#shared/model/attempt'
import type { Sha256 } from '#shared/model/ids'
import type { PathReason, PathRule } from '#shared/model/path'

export type ServerTrust = Pick<TlsView, 'trust' | 'trustProblem' | 'trustReason'>

/** Each distinct chain is read once: both attempts, and the next test of a site, meet the same one. */
const described = new Map<string, ServerCertificate[]>()
const MAX_DESCRIBED = 200

/** What is shown of the server's certificates. Input: DER, leaf first. Those that cannot be read are left out. */
export function describeServer(chain: Uint8Array[]): ServerCertificate[] {
  const hash = createHash('sha256')
  for (const der of chain) hash.update(der)
  const key = hash.digest('hex')
  const known = described.get(key)
  if (known !== undefined) return known
  const fresh = chain.flatMap((der) => describeCertificate(der) ?? [])
  if (described.size >= MAX_DESCRIBED) described.clear()
  described.set(key, fresh)
  return fresh
}

function describeCertificate(der: Uint8Array): ServerCertificate | null {
  const shown = ifReadable(() => viewOf(readCertificate(der)))
  const keySha256 = serverKeySha256(der)
  if (shown === null || keySha256 === null) return null
  const { subject, issuer, notBefore, notAfter, sha256 } = shown
  return { subject, issuer, notBefore, notAfter, sha256, keySha256 }
}

/** Whether this certificate holds that very key (SHA-256, lower-case hex). Input: DER; one that cannot be read holds none. */
export function holdsKey(der: Uint8Array, keySha256: string): boolean {
  return serverKeySha256(der) === keySha256
}

/**
 * Whether a certificate of the chain, other than a root, is signed with SHA-1 or MD5, which engines still take and browsers
 * refuse. Reads no more of each than its algorithm, since our certificate waits for the answer. Input: DER, leaf first.
 */
export function hasWeakSignature(chain: Uint8Array[]): boolean {
  return chain.some((der) => {
    const algorithm = ifReadable(() => {
      const [, identifier] = childrenOf(readOnly(der))
      const [name] = identifier === undefined ? [] : childrenOf(identifier)
      return name === undefined ? '' : signatureName(readOid(name))
    })
    if (algorithm === null || !/sha-?1(?!\d)|md5/iu.test(algorithm)) return false
    return ifReadable(() => !isSelfSigned(readCertificate(der))) ?? true
  })
}

/** Whether both certificates hold one key. Inputs: DER; one that cannot be read holds none. */
export function haveSameKey(der: Uint8Array, other: Uint8Array): boolean {
  const key = serverKeySha256(der)
  return key !== null && key === serverKeySha256(other)
}

/** SHA-256 of the SubjectPublicKeyInfo, lower-case hex: what a pin refers to. Null where the key cannot be read. */
function serverKeySha256(der: Uint8Array): Sha256 | null {
  const certificate = ifReadable(() => readCertificate(der))
  const key = certificate === null ? null : publicKeyOf(certificate)
  return key === null ? null : keySha256(key.export({ type: 'spki', format: 'der' }))
}

/** A pin is for exactly this key, whatever else is wrong with the certificate around it. */
export function withPin(trust: ServerTrust, chain: Uint8Array[], pinnedKey: string | null): ServerTrust {
  const [leaf] = chain
  if (trust.trust === 'trusted' || pinnedKey === null || leaf === undefined) return trust
  return holdsKey(leaf, pinnedKey) ? { ...trust, trust: 'pinned' } : trust
}

/** OpenSSL's verification codes in words (openssl-verification-options); `code` is Node's `authorizationError`. */
function trustFrom(code: string | null, chain: Uint8Array[]): ServerTrust {
  if (code === null) return { trust: 'trusted', trustProblem: null, trustReason: null }
  const trust = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'name-mismatch' : 'untrusted'
  const { problem, reason } = problems[code] ?? { problem: neutralise(code), reason: 'other' }
  return { trust, trustProblem: problem, trustReason: reason === 'private-root' ? missingPart(chain) : reason }
}

/** Whether the server left out a part of its chain, or its root is one that this computer does not know. */
function missingPart(chain: Uint8Array[]): TrustReason {
  const certificates = chain.flatMap((der) => ifReadable(() => readCertificate(der)) ?? [])
  return certificates.length === 1 ? 'incomplete' : 'private-root'
}

const problems: Record<string, { problem: string; reason: TrustReason }> = {
  ERR_TLS_CERT_ALTNAME_INVALID: { problem: 'The certificate is for another name.', reason: 'wrong-name' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { problem: 'The server vouches only for itself (self-signed).', reason: 'self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { problem: 'Its root is not one that this computer trusts.', reason: 'private-root' },
  UNABLE_TO_GET_ISSUER_CERT: { problem: 'Its issuer is not known here.', reason: 'private-root' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { problem: 'Its issuer is not known here.', reason: 'private-root' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    problem: 'Its issuer is not known here, or the server does not send the whole chain.',
    reason: 'private-root',
  },
  CERT_HAS_EXPIRED: { problem: 'The server’s certificate has expired.', reason: 'expired' },
  CERT_NOT_YET_VALID: {
    problem: 'The server’s certificate is not valid yet. Check this computer’s clock.',
    reason: 'not-yet-valid',
  },
  INVALID_PURPOSE: { problem: 'The server’s certificate is not meant for servers.', reason: 'wrong-use' },
  UNSUPPORTED_SIGNATURE_ALGORITHM: {
    problem: 'Its certificates use a signature algorithm that cannot be checked here.',
    reason: 'other',
  },
  CA_MD_TOO_WEAK: {
    problem: 'Its certificates use a signature algorithm or key that is too weak.',
    reason: 'too-weak',
  },
}

/**
 * Our own judgement, where the engine gives none: a TLS 1.2 server that insists on a certificate hangs up before, and the
 * second attempt may meet another key than the first. The name is compared as Node's TLS does it; for all else the judge is
 * asked. Inputs: DER, leaf first; `roots` in PEM. Never throws for what a server sends.
 */
export function judgeChain(chain: Uint8Array[], hostname: string, roots: string[], now: Date): ServerTrust {
  const [leaf, ...sent] = chain
  if (leaf === undefined) return { trust: 'unknown', trustProblem: null, trustReason: null }
  const certificate = ifReadable(() => readCertificate(leaf))
  const namesHost = isFor(leaf, hostname)
  if (certificate === null || namesHost === null)
    return { trust: 'untrusted', trustProblem: 'The server’s certificate cannot be read.', trustReason: 'unreadable' }
  const { reasons } = judge({
    certificate,
    purpose: 'server',
    pool: createPool({ certificates: sent, anchors: roots.flatMap(certificatesIn), crls: [] }),
    at: now,
    algorithms: anyAlgorithms,
  })
  // As Node's TLS does it: whose name it is matters only once somebody vouches for it.
  const nameCode = namesHost ? null : 'ERR_TLS_CERT_ALTNAME_INVALID'
  const weakness = hasWeakSignature(chain) ? 'CA_MD_TOO_WEAK' : null
  return trustFrom(codeFor(reasons, certificate) ?? nameCode ?? weakness, chain)
}

/** Node's own reading here, since it is what Node's TLS goes by: names, addresses and wildcards. Null: it cannot read it. */
function isFor(leaf: Uint8Array, hostname: string): boolean | null {
  try {
    const certificate = new X509Certificate(leaf)
    // OpenSSL gives up at a common name that is no string, and Node throws then.
    return (isIP(hostname) === 0 ? certificate.checkHost(hostname) : certificate.checkIP(hostname)) !== undefined
  } catch {
    return null
  }
}

/** In OpenSSL's code, dates and uses first, since they are what a person can mend; null without reasons. */
function codeFor(reasons: PathReason[], leaf: Certificate): string | null {
  if (reasons.length === 0) return null
  const found = reasons.map(({ rule, certificate }) => {
    const isUseOfIssuer = certificate !== leaf.sha256 && (rule === 'key-usage' || rule === 'extended-key-usage')
    return isUseOfIssuer ? unknownIssuer : (codes[rule] ?? unknownIssuer)
  })
  return (
    order.find((code) => found.includes(code)) ?? (isSelfSigned(leaf) ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : unknownIssuer)
  )
}

/** Every other rule means that no issuer that is trusted here vouches for the server. */
const codes: Partial<Record<PathRule, string>> = {
  expired: 'CERT_HAS_EXPIRED',
  'not-yet-valid': 'CERT_NOT_YET_VALID',
  'key-usage': 'INVALID_PURPOSE',
  'extended-key-usage': 'INVALID_PURPOSE',
  'algorithm-refused': 'CA_MD_TOO_WEAK',
  'signature-unchecked': 'UNSUPPORTED_SIGNATURE_ALGORITHM',
  'weak-key': 'CA_MD_TOO_WEAK',
}
const unknownIssuer = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
const order = [
  ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'INVALID_PURPOSE'],
  ...['CA_MD_TOO_WEAK', 'UNSUPPORTED_SIGNATURE_ALGORITHM'],
]
