import { childrenOf, type Element, readOid, readOnly, tags } from '../der'

export type DerKind =
  | 'certificate'
  | 'request'
  | 'crl'
  | 'pkcs12'
  | 'pkcs7'
  | 'encrypted-key'
  | 'private-key'
  | 'public-key'
  | 'rsa-public-key'
  | 'dsa-public-key'
  | 'parameters'
  | 'unsigned-certificate'
  | 'ocsp-request'
  | 'ocsp-response'

/** What a DER element is, by its shape alone; file names and endings mean nothing. Null for anything else. */
export function classify(der: Uint8Array): DerKind | null {
  const children = childrenOf(readOnly(der), 10)
  const [first, second, third] = children
  switch (first?.tag) {
    case tags.sequence:
      if (second === undefined) return isOcspRequest(first) ? 'ocsp-request' : null
      if (second.tag === tags.octetString) return 'encrypted-key'
      if (second.tag === tags.bitString) return 'public-key'
      return second.tag === tags.sequence && third?.tag === tags.bitString ? signedKind(first) : null
    case tags.oid:
      return second?.tag === 0xa0 ? 'pkcs7' : null
    case tags.integer:
      return numberedKind(children)
    case tags.enumerated:
      return 'ocsp-response'
    case 0xa0:
      return second?.tag === tags.integer && third?.tag === tags.sequence ? 'unsigned-certificate' : null
    default:
      return null
  }
}

/** Those that begin with a number: a version, or the first number of a key. */
function numberedKind(children: Element[]): DerKind | null {
  const [, second, third] = children
  if (second === undefined) return null
  if (second.tag === tags.octetString) return 'private-key'
  if (second.tag === tags.sequence) {
    if (third?.tag === tags.octetString) return 'private-key'
    return isContentInfo(second) ? 'pkcs12' : null
  }
  if (children.some(({ tag }) => tag !== tags.integer)) return children.length >= 9 ? 'private-key' : null
  if (children.length === 2) return isOdd(second) ? 'rsa-public-key' : 'parameters'
  if (children.length === 3) return 'parameters'
  if (children.length === 4) return 'dsa-public-key'
  return children.length >= 6 ? 'private-key' : null
}

/** RFC 8017 §3.1: RSA's public exponent is odd. The generator of Diffie-Hellman parameters, of the same shape, is mostly 2. */
const isOdd = ({ content }: Element) => ((content.at(-1) ?? 0) & 1) === 1

/** RFC 6960 §4.1.1: a list of requests, each a sequence that begins with the certificate's identifier. */
function isOcspRequest(body: Element): boolean {
  const list = childrenOf(body, 4).find(({ tag }) => tag === tags.sequence)
  const [request] = list === undefined ? [] : childrenOf(list, 1)
  const [certificate] = request?.tag === tags.sequence ? childrenOf(request, 1) : []
  return certificate?.tag === tags.sequence && childrenOf(certificate).length === 4
}

function isContentInfo(element: Element): boolean {
  const [type] = childrenOf(element)
  return type?.tag === tags.oid && readOid(type).startsWith('1.2.840.113549.1.7.')
}

/** Certificate, request and CRL are all SEQUENCE { body, algorithm, signature }; their bodies differ. */
function signedKind(body: Element): DerKind | null {
  const fields = childrenOf(body, 10)
  const shape = fields.map(({ tag }) => tag)
  if (shape[0] === 0xa0) return 'certificate'
  if (shape[0] === tags.integer && shape[1] === tags.sequence && shape[2] === tags.sequence) {
    if (isTime(shape[3])) return 'crl'
    return shape.length >= 6 && shape[3] === tags.sequence ? 'certificate' : 'request'
  }
  return shape[0] === tags.sequence && isTime(shape[2]) ? 'crl' : null
}

const isTime = (tag: number | undefined) => tag === tags.utcTime || tag === tags.generalizedTime

/** Formats we do not read but recognise, so that the answer is a way forward instead of "invalid file". */
export function foreignFormat(bytes: Uint8Array, text: string): string | null {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (head === 'feedfeed') return 'a Java keystore (JKS): convert it with keytool -importkeystore -deststoretype PKCS12'
  if (head === 'cececece')
    return 'a Java keystore (JCEKS): convert it with keytool -importkeystore -deststoretype PKCS12'
  if (head === '1ef1b5b0') return 'a Microsoft PVK key: convert it with openssl rsa -inform PVK'
  if (head === '6b796368') return 'a macOS keychain: export the certificate from Keychain Access as .p12'
  if (text.startsWith('SQLite format 3')) return 'a database, perhaps Firefox’s: export the certificate there as .p12'
  if (text.startsWith('bplist00'))
    return 'a binary property list: convert it with plutil -convert xml1 FILE, or ask for the profile as XML'
  if (text.includes('BEGIN OPENSSH PRIVATE KEY') || text.includes('BEGIN SSH2')) {
    return 'an OpenSSH key: convert it with ssh-keygen -p -m PKCS8 -f FILE'
  }
  if (/^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-)\S* /u.test(text)) return 'an SSH public key, which is not a certificate'
  if (text.startsWith('PuTTY-User-Key-File'))
    return 'a PuTTY key: export it with PuTTYgen as an OpenSSH key, then convert that'
  if (text.includes('BEGIN PGP')) return 'an OpenPGP file, which is used for another kind of certificate'
  if (/^\s*\{[\s\S]*"kty"\s*:/u.test(text)) return 'a JSON Web Key (JWK): export it as PEM'
  if (head === '504b0304') return 'a ZIP archive: unpack it and choose what is inside'
  if (/^\s*<(!doctype html|html|head|body)\b/iu.test(text))
    return 'a web page, perhaps a login page instead of the download'
  return null
}
