/**
 * Which CRLs have listed a revoked certificate after its end: only then may it leave the lists of the key that signed them
 * (RFC 5280 §3.3). Of lists from before this table nothing is known, so what they left out is listed once more.
 * `follows`: the date of a list that was published although it is dated in the future; no later one goes before it.
 */
export const listedAfterEnd = `
CREATE TABLE listed_after_end (
  signer TEXT NOT NULL REFERENCES authorities (id),
  authority TEXT NOT NULL,
  serial TEXT NOT NULL,
  this_update TEXT NOT NULL,
  PRIMARY KEY (signer, authority, serial),
  FOREIGN KEY (authority, serial) REFERENCES revocations (authority, serial)
) STRICT, WITHOUT ROWID;
ALTER TABLE crls ADD COLUMN follows TEXT;
`
