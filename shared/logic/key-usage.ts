/** What a key may be used for, in the order of the bits (RFC 5280 §4.2.1.3): as `CertificateView` names it, and in words. */
const words: Readonly<Record<string, string>> = {
  digitalSignature: 'Digital signature',
  nonRepudiation: 'Non-repudiation',
  keyEncipherment: 'Key encipherment',
  dataEncipherment: 'Data encipherment',
  keyAgreement: 'Key agreement',
  keyCertSign: 'Certificate signing',
  crlSign: 'CRL signing',
  encipherOnly: 'Encipher only',
  decipherOnly: 'Decipher only',
}

const byBit = Object.values(words)

/** "Digital signature" for `digitalSignature`. */
export const keyUsageWords = (name: string): string => words[name] ?? name

/** Undefined for a bit without a meaning. */
export const keyUsageOfBit = (bit: number): string | undefined => byBit[bit]
