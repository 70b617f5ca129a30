/** Public facts only: keys, passwords, cookie values and page bodies have no column to go to. */
export const first = `
CREATE TABLE certificates (
  sha256 TEXT PRIMARY KEY,
  der BLOB NOT NULL,
  issuer TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  key_code TEXT NOT NULL,
  key_sha256 TEXT NOT NULL UNIQUE,
  subject TEXT,
  alternative_names TEXT NOT NULL,
  request_der BLOB,
  key_in_vault INTEGER NOT NULL,
  practice INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  certificate TEXT REFERENCES certificates (sha256),
  search TEXT NOT NULL
) STRICT;
CREATE INDEX identities_by_age ON identities (created_at DESC, id);
CREATE INDEX identities_by_certificate ON identities (certificate);

CREATE TABLE chains (
  identity TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  certificate TEXT NOT NULL REFERENCES certificates (sha256),
  PRIMARY KEY (identity, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX chains_by_certificate ON chains (certificate);

CREATE TABLE installs (
  id TEXT PRIMARY KEY,
  identity TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  record TEXT NOT NULL,
  undo TEXT NOT NULL
) STRICT;
CREATE INDEX installs_by_identity ON installs (identity);

CREATE TABLE hosts (
  id TEXT PRIMARY KEY,
  hostname TEXT NOT NULL,
  practice INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX hosts_by_age ON hosts (created_at DESC, id);

CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  host TEXT NOT NULL REFERENCES hosts (id) ON DELETE CASCADE,
  identity TEXT,
  started_at TEXT NOT NULL,
  address TEXT NOT NULL,
  summary TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_host ON reports (host, started_at DESC);
CREATE INDEX reports_by_age ON reports (started_at DESC);
CREATE INDEX reports_by_identity ON reports (identity, host, started_at DESC);

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  sentence TEXT NOT NULL
) STRICT;
CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
BEGIN SELECT RAISE (ABORT, 'The activity log is append-only.'); END;
CREATE TRIGGER activity_is_never_deleted BEFORE DELETE ON activity
BEGIN SELECT RAISE (ABORT, 'The activity log is append-only.'); END;

CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  step TEXT NOT NULL,
  payload TEXT NOT NULL,
  started_at TEXT NOT NULL
) STRICT;
`
