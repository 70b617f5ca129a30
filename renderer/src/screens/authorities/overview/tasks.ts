/** What can be done to an issuer in a window of its own. */
export type Task = 'intermediate' | 'successor' | 'passphrase' | 'crl'
