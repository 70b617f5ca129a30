import type { KeyUsageFlags } from '@peculiar/asn1-x509'
import type { CfsslWarning } from './files'

type KeyUsage = keyof typeof KeyUsageFlags

/** cfssl's names of key usages (cfssl `config/config.go`, KeyUsage). */
const keyUsages = new Map<string, KeyUsage>(
  Object.entries({
    signing: 'digitalSignature',
    'digital signature': 'digitalSignature',
    'content commitment': 'nonRepudiation',
    // The spelling of 1.2.0.
    'content committment': 'nonRepudiation',
    'key encipherment': 'keyEncipherment',
    'data encipherment': 'dataEncipherment',
    'key agreement': 'keyAgreement',
    'cert sign': 'keyCertSign',
    'crl sign': 'cRLSign',
    'encipher only': 'encipherOnly',
    'decipher only': 'decipherOnly',
  } as const),
)

/** cfssl's names of extended key usages (cfssl `config/config.go`, ExtKeyUsage). */
const purposeIds = new Map(
  Object.entries({
    any: '2.5.29.37.0',
    'server auth': '1.3.6.1.5.5.7.3.1',
    'client auth': '1.3.6.1.5.5.7.3.2',
    'code signing': '1.3.6.1.5.5.7.3.3',
    'email protection': '1.3.6.1.5.5.7.3.4',
    's/mime': '1.3.6.1.5.5.7.3.4',
    'ipsec end system': '1.3.6.1.5.5.7.3.5',
    'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
    'ipsec user': '1.3.6.1.5.5.7.3.7',
    timestamping: '1.3.6.1.5.5.7.3.8',
    'ocsp signing': '1.3.6.1.5.5.7.3.9',
    'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
    'netscape sgc': '2.16.840.1.113730.4.1',
  }),
)

export interface Usages {
  keyUsage: KeyUsage[]
  /** OIDs. */
  purposes: string[]
  warnings: CfsslWarning[]
}

/** Translates a profile's `usages` into X.509 terms. Unknown ones are dropped, as in cfssl, but with a warning. */
export function readUsages(usages: string[]): Usages {
  const unknown = usages.filter((usage) => !keyUsages.has(usage) && !purposeIds.has(usage))
  return {
    keyUsage: [...new Set(usages.flatMap((usage) => keyUsages.get(usage) ?? []))],
    purposes: [...new Set(usages.flatMap((usage) => purposeIds.get(usage) ?? []))],
    warnings: unknown.map((usage) => ({
      code: 'unknown-usage',
      sentence: `The usage “${usage}” is unknown to cfssl, which drops it silently. It was left out here, too.`,
    })),
  }
}
