/** Formats we do not read but recognise, so that the answer is a way forward instead of "invalid file". */
export function foreignFormat(bytes: Uint8Array, text: string): string | null {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (head === 'feedfeed') return 'a Java keystore (JKS): convert it with keytool -importkeystore -deststoretype PKCS12'
  if (head === 'cececece')
    return 'a Java keystore (JCEKS): convert it with keytool -importkeystore -deststoretype PKCS12'
  if (head === '1ef1b5b0') return 'a Microsoft PVK key: convert it with openssl rsa -inform PVK'
  if (head === '6b796368') return 'a macOS keychain: export the certificate from Keychain Access as .p12'
  if (text.startsWith('SQLite format 3')) return 'a database, perhaps Firefox’s: export the certificate there as .p12'
  if (text.includes('BEGIN OPENSSH PRIVATE KEY') || text.includes('BEGIN SSH2')) {
    return 'an OpenSSH key: convert it with ssh-keygen -p -m PKCS8 -f FILE'
  }
  if (/^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-)\S* /u.test(text)) return 'an SSH public key, which is no certificate'
  if (text.startsWith('PuTTY-User-Key-File'))
    return 'a PuTTY key: export it with PuTTYgen as an OpenSSH key, then convert that'
  if (text.includes('BEGIN PGP')) return 'an OpenPGP file, which has nothing to do with this kind of certificate'
  if (/^\s*\{[\s\S]*"kty"\s*:/u.test(text)) return 'a JSON Web Key (JWK): export it as PEM'
  if (head === '504b0304') return 'a ZIP archive: unpack it and choose what is inside'
  if (/^\s*<(!doctype html|html|head|body)\b/iu.test(text))
    return 'a web page, perhaps a login page instead of the download'
  return null
}
