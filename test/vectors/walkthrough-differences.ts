/** What differs between the objects of Cloudflare's walkthroughs, executed as printed, and ours, and why. */
export interface ExpectedDifference {
  /** The files' names in the walkthrough. */
  objects: string[]
  /** As in `test/support/statements.ts`; mostly an id of `latchkey inspect --json`. */
  field: string
  /** “—” where there is no such field or file. */
  theirs: string
  ours: string
  why: string
}

const certificates = ['rootCA.pem', 'ca-chain.pem', 'client.pem']

export const opensslDifferences: ExpectedDifference[] = [
  {
    objects: ['rootCA.key', 'intermediate.key', 'client.key'],
    field: 'file',
    theirs: 'there',
    ours: '—',
    why: 'Private keys are sealed in the vault, an issuer’s behind a passphrase of its own; none lies about in a folder.',
  },
  {
    objects: ['intermediate.csr', 'v3_intermediate_ca.ext', 'intermediate.pem'],
    field: 'file',
    theirs: 'there',
    ours: '—',
    why: 'One command makes key, request and certificate; what is kept of them is the chain file, intermediate first.',
  },
  {
    objects: ['rootCA.srl', 'intermediate.srl'],
    field: 'file',
    theirs: 'there',
    ours: '—',
    why: 'Every serial number is random, so there is no last one to count from.',
  },
  {
    objects: certificates,
    field: 'begins',
    theirs: 'when it is made',
    ours: 'minutes before it is made',
    why: 'A computer whose clock is a little behind would refuse a certificate that is not valid yet.',
  },
  {
    objects: ['rootCA.pem'],
    field: 'extension.2.5.29.15',
    theirs: '—',
    ours: 'Certificate signing, CRL signing (critical)',
    why: 'RFC 5280 §4.2.1.3: an issuer’s certificate has to say that its key signs certificates and CRLs.',
  },
  {
    objects: ['rootCA.pem'],
    field: 'extension.2.5.29.35',
    theirs: 'Key of Walkthrough Root',
    ours: '—',
    why: 'RFC 5280 §4.2.1.1: what is self-signed may leave it out, since it can only name itself.',
  },
  {
    objects: ['client.pem'],
    field: 'holds',
    theirs: 'John Doe',
    ours: 'John Doe, Walkthrough Intermediate, Walkthrough Root',
    why: 'The holder needs the intermediate as well: a browser offers a certificate only if it knows the way to an issuer that is asked for.',
  },
  {
    objects: ['client.pem'],
    field: 'version',
    theirs: 'X.509 v1',
    ours: 'X.509 v3',
    why: 'RFC 5280 §4.1.2.1: extensions need version 3. A trusted certificate of version 1 counts as an issuer for Chromium.',
  },
  {
    objects: ['client.pem'],
    field: 'extension.2.5.29.19',
    theirs: '—',
    ours: 'Not an issuer (CA) (critical)',
    why: 'Says that nothing below it is to be believed.',
  },
  {
    objects: ['client.pem'],
    field: 'extension.2.5.29.15',
    theirs: '—',
    ours: 'Digital signature (critical)',
    why: 'What a TLS client does with its key, and nothing else (RFC 5280 §4.2.1.3).',
  },
  {
    objects: ['client.pem'],
    field: 'extension.2.5.29.37',
    theirs: '—',
    ours: 'Client authentication (1.3.6.1.5.5.7.3.2)',
    why: 'Windows and macOS offer only certificates for clients, and nobody can run a server with it (RFC 5280 §4.2.1.12).',
  },
  {
    objects: ['client.pem'],
    field: 'extension.2.5.29.14',
    theirs: '—',
    ours: 'of John Doe',
    why: 'RFC 5280 §4.2.1.2: end entities should name their key.',
  },
  {
    objects: ['client.pem'],
    field: 'extension.2.5.29.35',
    theirs: '—',
    ours: 'Key of Walkthrough Intermediate',
    why: 'RFC 5280 §4.2.1.1: required; it tells issuers of one name apart, as after a roll-over.',
  },
  {
    objects: ['ca-chain.pem'],
    field: 'with the optional fields of the issuers left blank',
    theirs: 'verifies client.pem in one order only',
    ours: 'cannot be made',
    why: 'Blank fields give root and intermediate the same name, and then it depends on luck which is found; two issuers never have one name here.',
  },
]

export const cfsslDifferences: ExpectedDifference[] = [
  {
    objects: ['client.csr', 'client.pem'],
    field: 'extension.2.5.29.17',
    theirs: 'DNS: ',
    ours: '—',
    why: 'The file’s empty host becomes an empty DNS name, which RFC 5280 §4.2.1.6 forbids and some servers refuse.',
  },
  {
    objects: ['ca-key.pem', 'client-key.pem'],
    field: 'block',
    theirs: 'RSA PRIVATE KEY',
    ours: 'PRIVATE KEY',
    why: 'PKCS#8 is one format for every kind of key, and what openssl 3 writes, too.',
  },
  {
    objects: ['ca.crl'],
    field: 'extension.2.5.29.20',
    theirs: '—',
    ours: 'a number',
    why: 'RFC 5280 §5.2.3: a CRL has to have a number.',
  },
  {
    objects: ['ca.crl'],
    field: 'revokes, with the serial number in hex',
    theirs: 'somebody else or nobody',
    ours: 'James Royal',
    why: 'The walkthrough asks for hex, but cfssl reads decimal, up to the first letter, and says nothing.',
  },
]
