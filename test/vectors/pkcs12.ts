import type { Table } from './table'

/** PKCS#12. Passwords: “cryptography”, and “password” where the name says `pwd`. Objects: `openssl pkcs12 -legacy -nodes`. */
export const pkcs12: Table = [
  ['pkcs12/cert-aes256cbc-no-key.p12', 'certificate EC P-256', { password: 'cryptography' }],
  ['pkcs12/cert-key-aes256cbc.p12', 'certificate EC P-256, key EC P-256', { password: 'cryptography' }],
  ['pkcs12/cert-none-key-none.p12', 'certificate EC P-256, key EC P-256', { password: 'cryptography' }],
  ['pkcs12/cert-rc2-key-3des.p12', 'certificate EC P-256, key EC P-256', { password: 'cryptography' }],
  ['pkcs12/name-1-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-1-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/name-2-3-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-2-3-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/name-2-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-2-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/name-3-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-3-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/name-all-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-all-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/name-unicode-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/name-unicode-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/no-cert-key-aes256cbc.p12', 'key EC P-256', { password: 'cryptography' }],
  ['pkcs12/no-cert-name-2-no-pwd.p12', 'certificate RSA 4096, certificate RSA 2048'],
  ['pkcs12/no-cert-name-2-pwd.p12', 'certificate RSA 4096, certificate RSA 2048', { password: 'password' }],
  ['pkcs12/no-cert-name-3-no-pwd.p12', 'certificate RSA 4096, certificate RSA 2048'],
  ['pkcs12/no-cert-name-3-pwd.p12', 'certificate RSA 4096, certificate RSA 2048', { password: 'password' }],
  ['pkcs12/no-cert-name-all-no-pwd.p12', 'certificate RSA 4096, certificate RSA 2048'],
  ['pkcs12/no-cert-name-all-pwd.p12', 'certificate RSA 4096, certificate RSA 2048', { password: 'password' }],
  ['pkcs12/no-cert-name-unicode-no-pwd.p12', 'certificate RSA 4096, certificate RSA 2048'],
  ['pkcs12/no-cert-name-unicode-pwd.p12', 'certificate RSA 4096, certificate RSA 2048', { password: 'password' }],
  ['pkcs12/no-cert-no-name-no-pwd.p12', 'certificate RSA 4096, certificate RSA 2048'],
  ['pkcs12/no-cert-no-name-pwd.p12', 'certificate RSA 4096, certificate RSA 2048', { password: 'password' }],
  ['pkcs12/no-name-no-pwd.p12', 'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256'],
  [
    'pkcs12/no-name-pwd.p12',
    'certificate EC P-256, certificate RSA 4096, certificate RSA 2048, key EC P-256',
    { password: 'password' },
  ],
  ['pkcs12/no-password.p12', 'certificate EC P-256, key EC P-256'],
]
