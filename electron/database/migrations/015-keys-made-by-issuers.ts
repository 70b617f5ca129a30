/** Certificates whose private key the issuer made for somebody else: it has been in two places. */
export const keysMadeByIssuers = `
ALTER TABLE issued ADD COLUMN key_made_by_issuer INTEGER NOT NULL DEFAULT 0;
`
