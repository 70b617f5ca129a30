/** How Access was in each Cloudflare account, to compare it with later. */
export const accessLooks = `
CREATE TABLE access_looks (account TEXT PRIMARY KEY, look TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
