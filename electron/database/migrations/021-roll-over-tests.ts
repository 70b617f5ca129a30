/** What the last tests of both CAs of a roll-over showed, one for each Cloudflare account: `KeptRollOverTests` as JSON. */
export const rollOverTests = `
CREATE TABLE roll_over_tests (account TEXT PRIMARY KEY, kept TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
