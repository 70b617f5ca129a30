/**
 * Warnings before something expires, so that each is given once, whichever process comes first. `ends` is when that is, so
 * that a row can be forgotten long after.
 */
export const warnings = `
CREATE TABLE warnings (
  key TEXT NOT NULL,
  stage INTEGER NOT NULL,
  ends TEXT NOT NULL,
  given_at TEXT NOT NULL,
  PRIMARY KEY (key, stage)
) STRICT, WITHOUT ROWID;
`
