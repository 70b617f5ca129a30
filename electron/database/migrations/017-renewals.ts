/**
 * A certificate (`identity`) that was requested in the place of another one (`replaces`; the same row where the key stays).
 * The old certificate is kept, since a renewal with the same key takes its place in `identities`. `arrived_at`: when the
 * new certificate came; `finished_at`: when the person decided to keep the old one beside it.
 */
export const renewals = `
CREATE TABLE renewals (
  identity TEXT NOT NULL PRIMARY KEY REFERENCES identities (id) ON DELETE CASCADE,
  replaces TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  old_sha256 TEXT NOT NULL,
  old_not_after TEXT NOT NULL,
  old_certificate BLOB NOT NULL,
  requested_at TEXT NOT NULL,
  arrived_at TEXT,
  finished_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX renewals_replaces ON renewals (replaces);
`
