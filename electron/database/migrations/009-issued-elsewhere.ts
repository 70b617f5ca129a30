/**
 * Certificates that an imported issuer signed before it came here and that were revoked here. When they were signed is not
 * known: their `issued_at` says when they were added to the list.
 */
export const issuedElsewhere = `
ALTER TABLE issued ADD COLUMN issued_elsewhere INTEGER NOT NULL DEFAULT 0;
`
