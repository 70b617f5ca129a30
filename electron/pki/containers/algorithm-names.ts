/** What a person could look up, for algorithms that files name and we do not decrypt. */
const names: Record<string, string> = {
  '1.2.840.113549.1.12.1.1': 'RC4 (128 bit)',
  '1.2.840.113549.1.12.1.2': 'RC4 (40 bit)',
  '1.2.840.113549.1.5.1': 'MD2 and DES',
  '1.2.840.113549.1.5.4': 'MD2 and RC2',
  '1.2.840.113549.1.5.14': 'PBMAC1',
  '1.2.840.113549.2.12': 'HMAC-SHA-512/224',
  '1.2.840.113549.2.13': 'HMAC-SHA-512/256',
  '1.2.840.113549.3.4': 'RC4',
  '1.2.840.113549.3.9': 'RC5',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '1.2.392.200011.61.1.1.1.2': 'Camellia-128',
  '1.2.392.200011.61.1.1.1.3': 'Camellia-192',
  '1.2.392.200011.61.1.1.1.4': 'Camellia-256',
  '1.2.410.200004.1.4': 'SEED',
  '1.2.410.200046.1.1.2': 'ARIA-128',
  '1.2.410.200046.1.1.12': 'ARIA-256',
  '1.2.156.10197.1.104.2': 'SM4',
  '1.2.643.2.2.21': 'GOST 28147-89',
  '1.2.643.7.1.1.5.2.2': 'GOST Kuznyechik',
  '1.3.6.1.4.1.3029.1.2': 'Blowfish',
  '1.2.840.113533.7.66.10': 'CAST-128',
}

/** "RC4 (128 bit)", or the object identifier where there is no name for it. */
export const algorithmName = (identifier: string): string => names[identifier] ?? identifier
