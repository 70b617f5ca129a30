/** What is filled in beforehand when a certificate is issued. A template whose issuer is deleted stays, for every issuer. */
export const issueTemplates = `
CREATE TABLE issue_templates (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  authority TEXT REFERENCES authorities (id) ON DELETE SET NULL,
  days INTEGER NOT NULL,
  names TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_templates_authority ON issue_templates (authority);
`
