import type { Table } from './table'

/** PKCS#7. Objects: `openssl pkcs7 -print_certs`. */
export const pkcs7: Table = [
  ['pkcs7/amazon-roots.der', 'certificate RSA 4096, certificate EC P-256'],
  ['pkcs7/amazon-roots.p7b', 'certificate RSA 4096, certificate EC P-256'],
  [
    'pkcs7/enveloped.pem',
    'unsupported-format: an encrypted PKCS#7 message',
    { because: 'an encrypted message (EnvelopedData)' },
  ],
  ['pkcs7/isrg.pem', 'certificate RSA 4096'],
]
