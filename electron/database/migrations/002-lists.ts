/** Lists stay quick at 100,000 rows: searches read a covering index, and the log is searched in lower case. */
export const lists = `
DROP INDEX identities_by_age;
CREATE INDEX identities_by_age ON identities (created_at DESC, id, search);
CREATE INDEX reports_of_identity ON reports (identity, started_at DESC, id);

DROP TRIGGER activity_is_never_changed;
ALTER TABLE activity ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE activity SET search = lower(about || ' ' || sentence);
CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
BEGIN SELECT RAISE (ABORT, 'The activity log is append-only.'); END;
`
