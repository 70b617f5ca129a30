/** Signers elsewhere (`cfssl serve`) of issuers whose key is not here. Their authentication keys are in the vault. */
export const signers = `
CREATE TABLE signers (
  authority TEXT PRIMARY KEY REFERENCES authorities (id),
  address TEXT NOT NULL,
  label TEXT NOT NULL,
  profile TEXT NOT NULL,
  has_auth_key INTEGER NOT NULL
) STRICT;
`
