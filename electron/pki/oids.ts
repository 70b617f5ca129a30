/** Extensions and extended key uses (RFC 5280 §4.2). */
export const ids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  issuerAlternativeName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  holdInstruction: '2.5.29.23',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  anyExtendedKeyUsage: '2.5.29.37.0',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const

/** What identifiers mean, in words. A name that is missing here is shown as its number. */
const names: Record<string, string> = {
  // Extended key usage (RFC 5280 §4.2.1.12 and others).
  '1.3.6.1.5.5.7.3.1': 'Server authentication',
  '1.3.6.1.5.5.7.3.2': 'Client authentication',
  '1.3.6.1.5.5.7.3.3': 'Code signing',
  '1.3.6.1.5.5.7.3.4': 'E-mail protection',
  '1.3.6.1.5.5.7.3.5': 'IPsec end system',
  '1.3.6.1.5.5.7.3.6': 'IPsec tunnel',
  '1.3.6.1.5.5.7.3.7': 'IPsec user',
  '1.3.6.1.5.5.7.3.8': 'Time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
  '1.3.6.1.5.5.7.3.17': 'IPsec IKE',
  '1.3.6.1.5.2.3.4': 'Kerberos client (PKINIT)',
  '1.3.6.1.5.2.3.5': 'Kerberos server (PKINIT)',
  '1.3.6.1.4.1.311.10.3.4': 'Encrypting file system',
  '1.3.6.1.4.1.311.20.2.2': 'Smart card log-on',
  '2.5.29.37.0': 'Any use',
  // Access methods (RFC 5280 §4.2.2).
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'Issuer’s certificate',
  '1.3.6.1.5.5.7.48.3': 'Time stamping',
  '1.3.6.1.5.5.7.48.5': 'CA repository',
  // Certificate policies (RFC 5280 §4.2.1.4, CA/Browser Forum).
  '2.5.29.32.0': 'Any policy',
  '2.23.140.1.1': 'Extended validation',
  '2.23.140.1.2.1': 'Domain validated',
  '2.23.140.1.2.2': 'Organisation validated',
  '2.23.140.1.2.3': 'Individual validated',
  '1.3.6.1.5.5.7.2.1': 'Practice statement',
  '1.3.6.1.5.5.7.2.2': 'Notice',
  // Names of another kind inside an alternative name.
  '1.3.6.1.4.1.311.20.2.3': 'User principal name',
  '1.3.6.1.5.2.2': 'Kerberos principal',
  '1.3.6.1.5.5.7.8.5': 'XMPP address',
  '1.3.6.1.5.5.7.8.9': 'E-mail address (UTF-8)',
}

/** "Client authentication", or the number where there is no name for it. */
export const wordsForOid = (oid: string): string => names[oid] ?? oid

/** "Client authentication (1.3.6.1.5.5.7.3.2)", or the number alone. */
export const nameOfOid = (oid: string): string => {
  const name = names[oid]
  return name === undefined ? oid : `${name} (${oid})`
}
