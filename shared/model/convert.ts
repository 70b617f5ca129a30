import { z } from 'zod'
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
  macos: 'PKCS#12 that every Keychain reads (3DES)',
  windows: 'PKCS#12 that every Windows reads (3DES)',
  firefox: 'PKCS#12 (AES-256)',
  java: 'PKCS#12 (AES-256), Java 8u301 and later',
  openssl: 'PKCS#12 (AES-256), OpenSSL 3 and Node',
  curl: 'PEM: certificate with its issuers, and the key beside it',
  nginx: 'PEM: certificate with its issuers, and the key beside it',
  pem: 'one PEM file with everything',
  der: 'the certificate alone, DER',
  p7b: 'certificate and issuers, PKCS#7',
  pkcs8: 'the private key alone, PKCS#8 in PEM',
  'traditional-key': 'the private key alone as old tools want it (RSA/EC PRIVATE KEY), unencrypted',
}

/** What was written, without the bytes. */
export const Converted = z.strictObject({
  certificate: z.strictObject({ sha256: Sha256, commonName: z.string().nullable() }).nullable(),
  issuers: z.number().int(),
  files: z.array(z.strictObject({ name: z.string(), what: z.string(), secret: z.boolean() })),
})
export type Converted = z.infer<typeof Converted>
