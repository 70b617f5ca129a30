/** Each Cloudflare account as it was last read, without the fields that only a write needs. */
export const accessReadings = `
CREATE TABLE access_readings (account TEXT PRIMARY KEY, read_at TEXT NOT NULL, reading TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
