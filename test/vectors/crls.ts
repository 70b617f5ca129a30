import type { Table } from './table'

/** CRLs with the number of their entries: `openssl crl -text`. */
export const revocationLists: Table = [
  ['x509/custom/cdp_crl_issuer.pem', 'certificate RSA 1024'],
  ['x509/custom/cdp_fullname_reasons_crl_issuer.pem', 'certificate RSA 1024'],
  ['x509/custom/crl_all_reasons.pem', 'CRL of 12'],
  ['x509/custom/crl_almost_10k.pem', 'CRL of 9999'],
  [
    'x509/custom/crl_bad_version.pem',
    'malformed',
    { because: 'version 3 does not exist (RFC 5280 §5.1.2.1); openssl does not look' },
  ],
  ['x509/custom/crl_delta_crl_indicator.pem', 'CRL of 0'],
  [
    'x509/custom/crl_dup_entry_ext.pem',
    'malformed',
    { because: 'the same extension twice in one entry (X.509 §7.3; pyca refuses too); openssl does not look' },
  ],
  ['x509/custom/crl_empty.pem', 'CRL of 0'],
  ['x509/custom/crl_empty_no_sequence.der', 'CRL of 0'],
  ['x509/custom/crl_ian_aia_aki.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_fullname_indirect_crl.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_fullname_only.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_fullname_only_aa.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_fullname_only_user.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_only_ca.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_reasons_only.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_relative_user_all_reasons.pem', 'CRL of 0'],
  ['x509/custom/crl_idp_relativename_only.pem', 'CRL of 0'],
  ['x509/custom/crl_inval_cert_issuer_entry_ext.pem', 'CRL of 1'],
  [
    'x509/custom/crl_invalid_time.der',
    'malformed',
    { because: 'the time is “18102813516Z”: a digit is missing (RFC 5280 §5.1.2.4); openssl does not look' },
  ],
  ['x509/custom/crl_md2_unknown_crit_entry_ext.pem', 'CRL of 1'],
  ['x509/custom/crl_no_next_update.pem', 'CRL of 0'],
  ['x509/custom/crl_unrecognized_extension.der', 'CRL of 0'],
  ['x509/custom/crl_unsupported_reason.pem', 'CRL of 1'],
  ['x509/custom/freshestcrl.pem', 'certificate RSA 2048'],
  ['x509/custom/invalid_signature_crl.pem', 'CRL of 0'],
  ['x509/custom/valid_signature_crl.pem', 'CRL of 0'],
]
