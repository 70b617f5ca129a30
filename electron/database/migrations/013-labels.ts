/**
 * What people write on certificates to find them again. A renewal is still found by the name that a certificate had first. What
 * a line of the activity is about, as JSON. Sites that were deleted are kept for a while, so that they can be restored.
 */
export const labels = `
ALTER TABLE identities ADD COLUMN original_name TEXT NOT NULL DEFAULT '';
UPDATE identities SET original_name = name;
ALTER TABLE identities ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE identities ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX identities_by_name ON identities (name COLLATE NOCASE, id, search);

ALTER TABLE activity ADD COLUMN thing TEXT;

CREATE TABLE removed_hosts (
  id TEXT PRIMARY KEY,
  removed_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE removed_reports (
  id TEXT PRIMARY KEY,
  host TEXT NOT NULL REFERENCES removed_hosts (id) ON DELETE CASCADE,
  identity TEXT,
  started_at TEXT NOT NULL,
  address TEXT NOT NULL,
  summary TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX removed_reports_by_host ON removed_reports (host);
`
