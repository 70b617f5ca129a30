import type { Table } from './table'

/** Keys as DER: the PEM keys once more. Passwords as there. */
export const derKeys: Table = [
  ['asymmetric/DER_Serialization/dsa.1024.der', 'unsupported-algorithm: DSA'],
  ['asymmetric/DER_Serialization/dsa.2048.der', 'unsupported-algorithm: DSA'],
  ['asymmetric/DER_Serialization/dsa.3072.der', 'unsupported-algorithm: DSA'],
  ['asymmetric/DER_Serialization/dsa_public_key.der', 'public key DSA'],
  [
    'asymmetric/DER_Serialization/dsa_public_key_invalid_bit_string.der',
    'malformed',
    { because: 'its BIT STRING claims unused bits; openssl overlooks it, X.690 §8.6.2 and pyca do not' },
  ],
  [
    'asymmetric/DER_Serialization/dsa_public_key_no_params.der',
    'public key DSA',
    {
      because:
        'RFC 3279 §2.3.2 allows the parameters to be left out; openssl refuses, since it could not use such a key',
    },
  ],
  ['asymmetric/DER_Serialization/ec_private_key.der', 'key EC P-256'],
  ['asymmetric/DER_Serialization/ec_private_key_encrypted.der', 'key EC P-256', { password: '123456' }],
  ['asymmetric/DER_Serialization/ec_public_key.der', 'public key EC P-256'],
  ['asymmetric/DER_Serialization/enc-rsa-pkcs8.der', 'key RSA 1024', { password: 'foobar' }],
  ['asymmetric/DER_Serialization/enc2-rsa-pkcs8.der', 'key RSA 1024', { password: 'baz' }],
  ['asymmetric/DER_Serialization/rsa_public_key.der', 'public key RSA 2048'],
  ['asymmetric/DER_Serialization/testrsa.der', 'key RSA 512'],
  ['asymmetric/DER_Serialization/unenc-dsa-pkcs8.der', 'unsupported-algorithm: DSA'],
  ['asymmetric/DER_Serialization/unenc-dsa-pkcs8.pub.der', 'public key DSA'],
  ['asymmetric/DER_Serialization/unenc-rsa-pkcs8.der', 'key RSA 1024'],
  ['asymmetric/DER_Serialization/unenc-rsa-pkcs8.pub.der', 'public key RSA 1024'],
]
