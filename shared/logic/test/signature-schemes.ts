/** TLS 1.3 ties each of these to its curve, TLS 1.2 does not. */
const schemesOfCurves: Record<string, string> = {
  'EC P-256': 'ecdsa_secp256r1_sha256',
  'EC P-384': 'ecdsa_secp384r1_sha384',
  'EC P-521': 'ecdsa_secp521r1_sha512',
  // RFC 8734
  'EC brainpoolP256r1': 'ecdsa_brainpoolP256r1tls13_sha256',
  'EC brainpoolP384r1': 'ecdsa_brainpoolP384r1tls13_sha384',
  'EC brainpoolP512r1': 'ecdsa_brainpoolP512r1tls13_sha512',
}

/** Whether a key can make signatures of a scheme in a handshake (RFC 8446 §4.2.3). */
export function canSign(publicKey: string, scheme: string, isTls13: boolean): boolean {
  if (publicKey.startsWith('RSA-PSS')) return scheme.startsWith('rsa_pss_pss_')
  if (publicKey.startsWith('RSA'))
    return scheme.startsWith('rsa_pss_rsae_') || (!isTls13 && scheme.startsWith('rsa_pkcs1_'))
  if (/^EC\b/u.test(publicKey)) {
    // TLS 1.3 has no scheme for any other curve.
    return isTls13
      ? scheme === schemesOfCurves[publicKey.replace(' (explicit parameters)', '')]
      : scheme.startsWith('ecdsa_')
  }
  if (/^Ed25519/u.test(publicKey)) return scheme === 'ed25519'
  return /^Ed448/u.test(publicKey) ? scheme === 'ed448' : true
}
