import { privateKeyOf } from '#electron/pki/keys'
import { type Signer, signerFor } from '#electron/pki/sign'

/** As cfssl signs (`signer/signer.go`, DefaultSigAlgo): the longer an RSA key, the longer the hash. `pkcs8`: DER. */
export function cfsslSignerFor(pkcs8: Uint8Array): Signer {
  const bits = privateKeyOf(pkcs8).asymmetricKeyDetails?.modulusLength ?? 0
  return signerFor(pkcs8, bits >= 4096 ? 'sha512' : bits >= 3072 ? 'sha384' : 'sha256')
}
