import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'

export interface Roots {
  /** PEM, one certificate each, none twice. */
  certificates: string[]
  /** Where they come from, in words, for the report. */
  from: string
}

/** The bundles of Debian, Fedora, openSUSE and Alpine, in this order. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

let cached: Roots | null = null

/**
 * Mozilla's roots as Node carries them, and on Linux the system's own bundle with whatever the organisation added.
 * Node 18 and 20 cannot read the Keychain or the Windows store (`tls.getCACertificates` came with 22), so there a root of
 * the organisation shows as untrusted in direct mode; browser mode asks the system itself.
 */
export function systemRoots(): Roots {
  cached ??= read()
  return cached
}

function read(): Roots {
  for (const path of bundles) {
    try {
      return { certificates: union(readFileSync(path, 'utf8')), from: `Mozilla’s list and ${path}` }
    } catch {
      // Not this distribution.
    }
  }
  return { certificates: [...rootCertificates], from: 'Mozilla’s list as built into this program' }
}

/** Most of a system's bundle is Mozilla's list again, and every certificate costs each test a little time. */
function union(bundle: string): string[] {
  const known = new Set(rootCertificates.flatMap(certificatesIn).map(certificateSha256))
  const added = certificatesIn(bundle).filter((der) => !known.has(certificateSha256(der)))
  return [...rootCertificates, ...added.map(certificatePem)]
}
