/**
 * CRL numbers have up to 20 octets (RFC 5280 §5.2.3), more than an INTEGER column holds: 40 hexadecimal digits, so that
 * text compares as numbers do. A list that was made elsewhere may have no number and no date of the next one. Dates are
 * whole seconds, as in the lists themselves.
 */
export const crlNumbers = `
CREATE TABLE crls_by_text (
  authority TEXT PRIMARY KEY REFERENCES authorities (id),
  number TEXT CHECK (length(number) = 40),
  this_update TEXT NOT NULL,
  next_update TEXT,
  entries INTEGER NOT NULL,
  revocations INTEGER NOT NULL,
  der BLOB NOT NULL
) STRICT;
INSERT INTO crls_by_text (authority, number, this_update, next_update, entries, revocations, der)
  SELECT authority, printf('%040x', number), substr(this_update, 1, 19) || '.000Z', substr(next_update, 1, 19) || '.000Z',
    entries, revocations, der
  FROM crls;
DROP TABLE crls;
ALTER TABLE crls_by_text RENAME TO crls;
`
