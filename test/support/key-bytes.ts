import { privateKeyOf } from '#electron/pki/keys'

/**
 * The private half itself, in the one spelling that tells whether two files hold the same key: the members of a JSON Web
 * Key. (PKCS#8 of the same key differs by writer: Java leaves the public half out, NSS writes it, attributes come and go.)
 */
export function privateHalf(pkcs8: Uint8Array | undefined): string {
  if (pkcs8 === undefined) return 'no key'
  return JSON.stringify(privateKeyOf(pkcs8).export({ format: 'jwk' }))
}
