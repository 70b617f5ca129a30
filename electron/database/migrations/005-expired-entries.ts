/** A CRL may leave out certificates that are long over, so that its entries no longer tell which revocations it knew of. */
export const expiredEntries = `
ALTER TABLE crls ADD COLUMN revocations INTEGER NOT NULL DEFAULT 0;
UPDATE crls SET revocations = entries;
`
