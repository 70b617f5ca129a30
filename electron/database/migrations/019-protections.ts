/** How far somebody has come with protecting a site, one for each Cloudflare account: `KeptProtection` as JSON. */
export const protections = `
CREATE TABLE protections (account TEXT PRIMARY KEY, kept TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
