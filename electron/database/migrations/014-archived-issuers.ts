/** Issuers that are kept and watched, but out of the way. */
export const archivedIssuers = `
ALTER TABLE authorities ADD COLUMN archived_at TEXT;
`
