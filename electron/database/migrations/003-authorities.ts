/**
 * Issuers (CAs), what they issued, what was taken back, their CRLs. Issued certificates are kept in two tables, so that
 * lists of 100,000 read narrow rows; each order of the list has an index that carries what the filters look at.
 */
export const authorities = `
CREATE TABLE authorities (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  der BLOB NOT NULL,
  parent TEXT REFERENCES authorities (id),
  issuers TEXT NOT NULL,
  is_root INTEGER NOT NULL,
  algorithm TEXT NOT NULL,
  key_code TEXT NOT NULL,
  key_sha256 TEXT NOT NULL,
  has_key INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  successor TEXT REFERENCES authorities (id)
) STRICT;
CREATE INDEX authorities_by_name ON authorities (name_key);

CREATE TABLE issued (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  authority TEXT NOT NULL REFERENCES authorities (id),
  serial TEXT NOT NULL,
  common_name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  key_code TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  revoked_at TEXT,
  reason TEXT,
  search TEXT NOT NULL,
  UNIQUE (authority, serial)
) STRICT;
CREATE INDEX issued_by_age ON issued (issued_at, authority, revoked_at, not_before, not_after);
CREATE INDEX issued_by_name ON issued (sort_name, authority, revoked_at, not_before, not_after);
CREATE INDEX issued_by_end ON issued (not_after, authority, revoked_at, not_before);
CREATE INDEX issued_by_serial ON issued (serial, authority, revoked_at, not_before, not_after);
CREATE INDEX issued_by_text ON issued (authority, revoked_at, not_before, not_after, search);
CREATE VIRTUAL TABLE issued_search USING fts5 (search, content = '', tokenize = 'trigram case_sensitive 1');

CREATE TABLE issued_der (
  id INTEGER PRIMARY KEY REFERENCES issued (id),
  der BLOB NOT NULL
) STRICT;

CREATE TABLE revocations (
  authority TEXT NOT NULL REFERENCES authorities (id),
  serial TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (authority, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE crls (
  authority TEXT PRIMARY KEY REFERENCES authorities (id),
  number INTEGER NOT NULL,
  this_update TEXT NOT NULL,
  next_update TEXT NOT NULL,
  entries INTEGER NOT NULL,
  der BLOB NOT NULL
) STRICT;
`
