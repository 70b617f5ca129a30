/**
 * What is expected of one file in Debian's package python3-cryptography-vectors (version 38): its path, and either the
 * objects in it ("key RSA 2048, 2 × certificate EC P-256", "CRL of 12", "2 × failed malformed" for parts that cannot be
 * read) or the code of its refusal, with words that the refusal has to use ("unsupported-algorithm: DSA").
 *
 * The expectations come from the vectors' own documentation (pyca/cryptography, docs/development/test-vectors.rst) and
 * from openssl 3.0, never from our reader. `because` says why where the two differ, or where openssl and we do.
 */
type Row = [file: string, outcome: string, more?: { password?: string; because?: string }]
export type Table = readonly Row[]
