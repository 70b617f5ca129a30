/** Hashes, HMACs and what else may be named where a key is derived or a file is protected. */
const digestNames: Record<string, string> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.840.113549.2.5': 'MD5',
  '1.2.840.113549.2.6': 'HMAC-MD5',
  '1.2.840.113549.2.12': 'HMAC-SHA-512/224',
  '1.2.840.113549.2.13': 'HMAC-SHA-512/256',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
  '2.16.840.1.101.3.4.2.11': 'SHAKE128',
  '2.16.840.1.101.3.4.2.12': 'SHAKE256',
  '2.16.840.1.101.3.4.2.13': 'HMAC-SHA3-224',
  '2.16.840.1.101.3.4.2.14': 'HMAC-SHA3-256',
  '2.16.840.1.101.3.4.2.15': 'HMAC-SHA3-384',
  '2.16.840.1.101.3.4.2.16': 'HMAC-SHA3-512',
  '2.16.840.1.101.3.4.2.19': 'KMAC128',
  '2.16.840.1.101.3.4.2.20': 'KMAC256',
  '1.3.36.3.2.1': 'RIPEMD-160',
  '1.3.36.3.2.2': 'RIPEMD-128',
  '1.3.36.3.2.3': 'RIPEMD-256',
  '1.3.6.1.5.5.8.1.1': 'HMAC-MD5',
  '1.3.6.1.5.5.8.1.2': 'HMAC-SHA-1',
  '1.3.6.1.5.5.8.1.4': 'HMAC-RIPEMD-160',
  '1.0.10118.3.0.55': 'Whirlpool',
  '1.2.156.10197.1.401': 'SM3',
  '1.2.156.10197.1.401.2': 'HMAC-SM3',
  '1.2.156.10197.1.401.3.1': 'HMAC-SM3',
  '1.2.643.2.2.9': 'GOST R 34.11-94',
  '1.2.643.2.2.10': 'HMAC-GOST R 34.11-94',
  '1.2.643.7.1.1.2.2': 'GOST R 34.11-2012 (256 bits)',
  '1.2.643.7.1.1.2.3': 'GOST R 34.11-2012 (512 bits)',
  '1.2.643.7.1.1.4.1': 'HMAC-GOST R 34.11-2012 (256 bits)',
  '1.2.643.7.1.1.4.2': 'HMAC-GOST R 34.11-2012 (512 bits)',
  '1.3.6.1.4.1.1722.12.2.1.16': 'BLAKE2b-512',
  '1.3.6.1.4.1.1722.12.2.2.8': 'BLAKE2s-256',
}

/** Ciphers, and the schemes that combine them with a password. */
const cipherNames: Record<string, string> = {
  '1.2.840.113549.1.12.1.1': 'RC4 (128 bit)',
  '1.2.840.113549.1.12.1.2': 'RC4 (40 bit)',
  '1.2.840.113549.1.5.1': 'MD2 and DES',
  '1.2.840.113549.1.5.4': 'MD2 and RC2',
  '1.2.840.113549.1.5.13': 'PBES2',
  '1.2.840.113549.1.5.14': 'PBMAC1',
  '1.2.840.113549.3.2': 'RC2',
  '1.2.840.113549.3.4': 'RC4',
  '1.2.840.113549.3.7': '3DES',
  '1.2.840.113549.3.9': 'RC5',
  '1.3.14.3.2.6': 'DES-ECB',
  '1.3.14.3.2.8': 'DES-OFB',
  '1.3.14.3.2.9': 'DES-CFB',
  '1.3.14.3.2.17': 'two-key 3DES (ECB)',
  '1.2.840.113549.1.9.16.3.18': 'ChaCha20-Poly1305',
  '1.2.840.113549.1.9.16.3.28': 'HKDF with SHA-256',
  '1.2.392.200011.61.1.1.1.2': 'Camellia-128',
  '1.2.392.200011.61.1.1.1.3': 'Camellia-192',
  '1.2.392.200011.61.1.1.1.4': 'Camellia-256',
  '1.2.410.200004.1.3': 'SEED (ECB)',
  '1.2.410.200004.1.4': 'SEED',
  '1.2.410.200004.1.5': 'SEED (CFB)',
  '1.2.410.200004.1.6': 'SEED (OFB)',
  '1.2.410.200004.1.15': 'SEED with SHA-1',
  '1.2.156.10197.1.104.1': 'SM4 (ECB)',
  '1.2.156.10197.1.104.2': 'SM4',
  '1.2.156.10197.1.104.8': 'SM4-GCM',
  '1.2.643.2.2.21': 'GOST 28147-89',
  '1.2.643.7.1.1.5.1.1': 'GOST Magma',
  '1.2.643.7.1.1.5.1.2': 'GOST Magma',
  '1.2.643.7.1.1.5.2.1': 'GOST Kuznyechik',
  '1.2.643.7.1.1.5.2.2': 'GOST Kuznyechik',
  '1.3.6.1.4.1.3029.1.2': 'Blowfish',
  '1.3.6.1.4.1.188.7.1.1.2': 'IDEA',
  '1.2.840.113533.7.66.10': 'CAST-128',
  '1.2.840.113533.7.66.12': 'MD5 and CAST-128',
}

/** The last arc under which NIST registers each mode of AES-128; AES-192 is 20 further on, AES-256 is 40 (CSOR). */
const aesModes: Record<number, string> = {
  1: 'ECB',
  2: 'CBC',
  3: 'OFB',
  4: 'CFB',
  5: 'key wrap',
  6: 'GCM',
  7: 'CCM',
  8: 'key wrap with padding',
}

/** The same of ARIA; with 192 bits it is 5 further on, with 256 bits 10 (RFC 5794 §5). GCM has arcs of its own. */
const ariaModes: Record<number, string> = { 1: 'ECB', 2: 'CBC', 3: 'CFB', 4: 'OFB', 5: 'CTR' }

const aes = '2.16.840.1.101.3.4.1.'
const aria = '1.2.410.200046.1.1.'

/** BouncyCastle's own arc for AES with PKCS#12's key derivation, by the hash. */
const bouncyCastle: Record<string, string> = {
  '1.3.6.1.4.1.22554.1.1.2.1.': 'SHA-1',
  '1.3.6.1.4.1.22554.1.2.1.2.1.': 'SHA-256',
}

/** "RC4 (128 bit)", or the object identifier where there is no name for it. */
export const algorithmName = (identifier: string): string =>
  cipherNames[identifier] ?? digestNames[identifier] ?? sizedName(identifier) ?? identifier

/** Names of ciphers whose identifiers count through modes and key sizes. */
function sizedName(identifier: string): string | null {
  const at = identifier.lastIndexOf('.') + 1
  const [arc, last] = [identifier.slice(0, at), Number(identifier.slice(at))]
  const hash = bouncyCastle[arc]
  if (hash !== undefined && last % 20 === 2) return `${hash} and AES-${128 + 64 * Math.floor(last / 20)}`
  if (arc === aes) return named('AES', aesModes[last % 20], Math.floor(last / 20))
  if (arc !== aria) return null
  if (last >= 34) return named('ARIA', last <= 36 ? 'GCM' : undefined, last - 34)
  return named('ARIA', ariaModes[((last - 1) % 5) + 1], Math.floor((last - 1) / 5))
}

function named(family: string, mode: string | undefined, step: number): string | null {
  if (mode === undefined || step > 2) return null
  const name = `${family}-${128 + 64 * step}`
  if (mode === 'CBC') return name
  return mode.startsWith('key') ? `${name} ${mode}` : `${name}-${mode}`
}
