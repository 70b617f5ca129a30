/** The labels of PEM blocks that can hold what Latchkey reads (RFC 7468, OpenSSL, and the spellings of older programs). */
const readable =
  /^(?:(?:X509 |X\.509 |TRUSTED )?CERTIFICATE|(?:NEW |X509 )?CERTIFICATE REQUEST|CERTIFICATE CHAIN|(?:X509 )?CRL|PKCS ?#?7(?: SIGNED DATA)?|CMS|PKCS ?#?12|(?:[A-Z0-9]{1,12} )?PRIVATE KEY|(?:[A-Z0-9]{1,12} )?PUBLIC KEY)$/u

/** Blocks of OpenPGP and SSH, which are not base64 of DER. */
const foreign = /^(?:PGP|OPENSSH|SSH2) /u

export type LabelKind =
  | 'readable'
  /** Never read. */
  | 'foreign'
  /** Read if it is one of our formats after all, otherwise passed over. */
  | 'unknown'

export function labelKind(label: string): LabelKind {
  if (foreign.test(label)) return 'foreign'
  return readable.test(label) || label.endsWith('PARAMETERS') ? 'readable' : 'unknown'
}
