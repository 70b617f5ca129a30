/** CRLReason of a revoked certificate, by number (RFC 5280 §5.3.1); 7 is not used. */
export const crlReasons = [
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  null,
  'remove-from-crl',
  'privilege-withdrawn',
  'aa-compromise',
] as const
export type CrlReason = NonNullable<(typeof crlReasons)[number]>

/** ReasonFlags of a distribution point, by bit (RFC 5280 §4.2.1.13): other numbers for the same reasons; 0 is not used. */
export const reasonFlags: readonly (CrlReason | null)[] = [
  null,
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  'privilege-withdrawn',
  'aa-compromise',
]

const words: Record<CrlReason, string> = {
  unspecified: 'unspecified',
  'key-compromise': 'key compromised',
  'ca-compromise': 'CA compromised',
  'affiliation-changed': 'affiliation changed',
  superseded: 'superseded',
  'cessation-of-operation': 'cessation of operation',
  'certificate-hold': 'on hold',
  'remove-from-crl': 'no longer revoked',
  'privilege-withdrawn': 'privilege withdrawn',
  'aa-compromise': 'attribute authority compromised',
}

/** A number that is not used says so; one that is not known has no words (null). */
export function reasonWords(reason: CrlReason | null | undefined): string | null {
  if (reason === undefined) return null
  return reason === null ? 'not used' : words[reason]
}
