import { z } from 'zod'
import type { AppInfo } from './app'
import { Sha256 } from './ids'

/** Where a file goes. People know the place, not the ciphers that it reads. */
export const Destination = z.enum([
  'macos',
  'windows',
  'firefox',
  'java',
  'openssl',
  'curl',
  'nginx',
  'pem',
  'der',
  'p7b',
  'pkcs8',
  'traditional-key',
])
export type Destination = z.infer<typeof Destination>

export const destinationWords: Record<Destination, string> = {
  macos: 'PKCS#12 (3DES), for old and new versions of Keychain Access',
  windows: 'PKCS#12 (3DES), for old and new versions of Windows',
  firefox: 'PKCS#12 (AES-256)',
  java: 'PKCS#12 (AES-256), for Java 8u301 and later; ASCII passwords only',
  openssl: 'PKCS#12 (AES-256), for OpenSSL 3 and Node',
  curl: 'PEM: certificate with its issuers, and the key in a file of its own',
  nginx: 'PEM: certificate with its issuers, and the key in a file of its own',
  pem: 'one PEM file with everything',
  der: 'the certificate alone, DER',
  p7b: 'certificate and issuers, PKCS#7',
  pkcs8: 'the private key alone, PKCS#8 in PEM',
  'traditional-key': 'the private key alone, unencrypted, for older tools (RSA/EC PRIVATE KEY)',
}

/** As a person looks for it in a list. */
export const destinationNames: Record<Destination, string> = {
  macos: 'macOS Keychain',
  windows: 'Windows',
  firefox: 'Firefox',
  java: 'Java',
  openssl: 'OpenSSL, Node.js',
  curl: 'curl',
  nginx: 'nginx',
  pem: 'One PEM file with everything',
  der: 'The certificate alone',
  p7b: 'Certificate and issuers, without the key',
  pkcs8: 'The private key alone',
  'traditional-key': 'The private key alone, for older tools',
}

/** The own system's place comes first, wherever one is looked for. */
export function destinationsFor(platform: AppInfo['platform']): Destination[] {
  const own: Record<AppInfo['platform'], Destination> = { darwin: 'macos', win32: 'windows', linux: 'firefox' }
  const first = own[platform]
  return [first, ...Destination.options.filter((destination) => destination !== first)]
}

export interface DestinationFacts {
  /** What it is made of; `certificate-with-any-key`: its key too, if there is one. */
  needs: 'key' | 'certificate' | 'both' | 'certificate-with-any-key'
  /** How a private key in it is protected; `choice`: by a password, unless somebody insists on none. */
  protection: 'nothing-secret' | 'password' | 'choice' | 'never'
  /** Of the file. */
  extension: string
}

export const destinationFacts: Record<Destination, DestinationFacts> = {
  macos: { needs: 'both', protection: 'password', extension: 'p12' },
  windows: { needs: 'both', protection: 'password', extension: 'pfx' },
  firefox: { needs: 'both', protection: 'password', extension: 'p12' },
  java: { needs: 'both', protection: 'password', extension: 'p12' },
  openssl: { needs: 'both', protection: 'password', extension: 'p12' },
  curl: { needs: 'both', protection: 'choice', extension: 'pem' },
  nginx: { needs: 'both', protection: 'choice', extension: 'pem' },
  pem: { needs: 'certificate-with-any-key', protection: 'choice', extension: 'pem' },
  der: { needs: 'certificate', protection: 'nothing-secret', extension: 'der' },
  p7b: { needs: 'certificate', protection: 'nothing-secret', extension: 'p7b' },
  pkcs8: { needs: 'key', protection: 'choice', extension: 'key' },
  'traditional-key': { needs: 'key', protection: 'never', extension: 'key' },
}

/** What may stand between a thief of the file and the key in it. */
export const KeyProtection = z.strictObject({
  /** Null only with `plain`. */
  password: z.string().min(1).max(1024).nullable(),
  /** The person insists on an unencrypted key. */
  plain: z.boolean(),
})
export type KeyProtection = z.infer<typeof KeyProtection>

/** What was written, without the bytes. */
export const Converted = z.strictObject({
  certificate: z.strictObject({ sha256: Sha256, commonName: z.string().nullable() }).nullable(),
  issuers: z.number().int(),
  files: z.array(z.strictObject({ name: z.string(), what: z.string(), secret: z.boolean() })),
})
export type Converted = z.infer<typeof Converted>
