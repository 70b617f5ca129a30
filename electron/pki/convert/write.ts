import { AppError } from '#shared/errors'
import type { Destination, KeyProtection } from '#shared/model/convert'
import { encodePem } from '../containers/pem'
import { writePkcs7 } from '../containers/pkcs7'
import { writePkcs12 } from '../containers/pkcs12-write'
import { encryptPkcs8, traditionalKey } from '../containers/private-keys'
import { certificatePem } from '../x509/pem'
import { viewCertificate } from '../x509/view'
import type { Chosen } from './choose'

/** One file to be written. `place`: the file that was asked for, or the key's own beside it. */
export interface OutputFile {
  place: 'main' | 'key'
  what: string
  bytes: Uint8Array
  /** Holds a private key. */
  secret: boolean
}

/**
 * The files for a destination. Errors: `new-password-needed` where a key would leave unprotected without anybody having said
 * so, `invalid-input` for protection that the destination does not know.
 */
export function writeFor(destination: Destination, chosen: Chosen, protection: KeyProtection): OutputFile[] {
  switch (destination) {
    case 'macos':
    case 'windows':
      return [pkcs12('store', chosen, protection)]
    case 'firefox':
    case 'openssl':
      return [pkcs12('modern', chosen, protection)]
    case 'java':
      return [pkcs12('modern', chosen, asJavaReads(protection))]
    case 'curl':
    case 'nginx':
      return [main('certificate and issuers', certificatesPem(chosen)), keyFile('key', chosen, protection)]
    case 'pem':
      return [allInOne(chosen, protection)]
    case 'der':
      return [main('certificate', certificateOf(chosen))]
    case 'p7b':
      return [main('certificate and issuers', writePkcs7([certificateOf(chosen), ...chosen.chain]))]
    case 'pkcs8':
      return [keyFile('main', chosen, protection)]
    case 'traditional-key':
      return [traditional(chosen, protection)]
  }
}

const main = (what: string, content: Uint8Array | string): OutputFile => ({
  place: 'main',
  what,
  bytes: Buffer.from(content),
  secret: false,
})

function pkcs12(profile: 'store' | 'modern', chosen: Chosen, { password }: KeyProtection): OutputFile {
  if (password === null) throw new AppError('new-password-needed')
  const certificate = certificateOf(chosen)
  const label = viewCertificate(certificate).commonName ?? 'certificate'
  const bytes = writePkcs12({ profile, pkcs8: keyOf(chosen), certificate, chain: chosen.chain, password, label })
  return { place: 'main', what: 'key, certificate and issuers (PKCS#12)', bytes, secret: true }
}

/** Java takes passwords of U+0020 to U+007E alone (`com.sun.crypto.provider.PBEKey`), and calls any other one wrong. */
function asJavaReads(protection: KeyProtection): KeyProtection {
  if (protection.password !== null && !/^[\x20-\x7e]*$/u.test(protection.password))
    throw new AppError('invalid-input', 'Java opens only passwords of ASCII characters: no accents, no other scripts.')
  return protection
}

function keyFile(place: 'main' | 'key', chosen: Chosen, protection: KeyProtection): OutputFile {
  return { place, what: 'private key', bytes: Buffer.from(keyPem(chosen, protection)), secret: true }
}

function allInOne(chosen: Chosen, protection: KeyProtection): OutputFile {
  if (chosen.pkcs8 === null) return main('certificate and issuers', certificatesPem(chosen))
  const bytes = Buffer.from(keyPem(chosen, protection) + certificatesPem(chosen))
  return { place: 'main', what: 'private key, certificate and issuers', bytes, secret: true }
}

function keyPem(chosen: Chosen, { password, plain }: KeyProtection): string {
  if (plain) return encodePem('PRIVATE KEY', keyOf(chosen))
  if (password === null) throw new AppError('new-password-needed')
  return encodePem('ENCRYPTED PRIVATE KEY', encryptPkcs8(keyOf(chosen), password))
}

/** This form has no encryption that is worth its name: it says so by needing the same insistence. */
function traditional(chosen: Chosen, { plain }: KeyProtection): OutputFile {
  if (!plain)
    throw new AppError('invalid-input', 'This format has no effective protection. Choose to leave the key unencrypted.')
  const { label, der } = traditionalKey(keyOf(chosen))
  return { place: 'main', what: 'private key', bytes: Buffer.from(encodePem(label, der)), secret: true }
}

const certificatesPem = (chosen: Chosen): string =>
  [certificateOf(chosen), ...chosen.chain].map(certificatePem).join('')

function certificateOf({ certificate }: Chosen): Uint8Array {
  if (certificate === null) throw new AppError('nothing-usable', 'There is no certificate.')
  return certificate
}

function keyOf({ pkcs8 }: Chosen): Uint8Array {
  if (pkcs8 === null) throw new AppError('nothing-usable', 'There is no private key.')
  return pkcs8
}
