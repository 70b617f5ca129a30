/** SHA-256 fingerprints of the CAs that a set-up file named for what was requested with it, as a JSON list. */
export const namedIssuers = `
ALTER TABLE identities ADD COLUMN named_issuers TEXT NOT NULL DEFAULT '[]';
`
