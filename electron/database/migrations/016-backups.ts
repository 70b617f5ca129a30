/**
 * When the last backup was made, and whether the reminder was dismissed. An issuer that came out of a backup may have
 * published a list since (`last_crl`), and signs nothing before that is settled. Restored lines of the activity are older
 * than those that are there, so it is read in the order of time.
 */
export const backups = `
CREATE TABLE backup_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  made_at TEXT,
  dismissed_at TEXT
) STRICT;
INSERT INTO backup_state (id) VALUES (1);
ALTER TABLE authorities ADD COLUMN last_crl TEXT NOT NULL DEFAULT 'known' CHECK (last_crl IN ('known', 'needed', 'absent'));
CREATE INDEX activity_by_time ON activity (at DESC, id DESC);
`
