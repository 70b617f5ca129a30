/** What one file held. All DER; keys as plain PKCS#8 with their public half beside them. */
export interface OpenedFile {
  /** "PEM", "DER certificate", "PKCS#7", "PKCS#12", … as a person would say it. */
  format: string
  /** The private keys came inside this file, so whoever made it has had them. */
  keys: { pkcs8: Uint8Array; spki: Uint8Array; label: string | null }[]
  certificates: { der: Uint8Array; label: string | null }[]
  requests: Uint8Array[]
  crls: Uint8Array[]
  publicKeys: Uint8Array[]
}
