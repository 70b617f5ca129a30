import type { Table } from './table'

/** Requests (CSRs): `openssl req -text`. */
export const requests: Table = [
  ['x509/requests/bad-version.pem', 'request EC P-256'],
  ['x509/requests/basic_constraints.pem', 'request RSA 2048'],
  ['x509/requests/challenge-invalid.der', 'request RSA 2048'],
  ['x509/requests/challenge-multi-valued.der', 'request RSA 2048'],
  ['x509/requests/challenge-unstructured.pem', 'request RSA 2048'],
  ['x509/requests/challenge.pem', 'request RSA 2048'],
  ['x509/requests/dsa_sha1.der', 'request DSA'],
  ['x509/requests/dsa_sha1.pem', 'request DSA'],
  ['x509/requests/ec_sha256.der', 'request EC P-384'],
  ['x509/requests/ec_sha256.pem', 'request EC P-384'],
  ['x509/requests/ec_sha256_old_header.pem', 'request EC P-384'],
  ['x509/requests/freeipa-bad-critical.pem', 'request RSA 2048'],
  ['x509/requests/invalid_signature.pem', 'request RSA 1024'],
  [
    'x509/requests/long-form-attribute.pem',
    'malformed',
    { because: 'the challenge password is [APPLICATION 32], no string (RFC 2985 §5.4.1); openssl does not look' },
  ],
  ['x509/requests/rsa_md4.der', 'request RSA 2048'],
  ['x509/requests/rsa_md4.pem', 'request RSA 2048'],
  ['x509/requests/rsa_sha1.der', 'request RSA 2048'],
  ['x509/requests/rsa_sha1.pem', 'request RSA 2048'],
  ['x509/requests/rsa_sha256.der', 'request RSA 2048'],
  ['x509/requests/rsa_sha256.pem', 'request RSA 2048'],
  ['x509/requests/san_rsa_sha1.der', 'request RSA 2048'],
  ['x509/requests/san_rsa_sha1.pem', 'request RSA 2048'],
  ['x509/requests/two_basic_constraints.pem', 'request RSA 2048'],
  ['x509/requests/unsupported_extension.pem', 'request RSA 2048'],
  ['x509/requests/unsupported_extension_critical.pem', 'request RSA 2048'],
]
