import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { Database } from '#electron/database/database'
import { certificatePem } from '#electron/pki/x509/pem'

/** Longer than any real chain; a circle ends here. */
const longest = 10

/** This issuer first, its root last, as Access wants it; DER. CA certificates only, since nothing else is kept here. */
export async function chainOf(row: AuthorityListRow, database: Database): Promise<Uint8Array[]> {
  const chain: Uint8Array[] = []
  for (let current: AuthorityListRow | null = row; current !== null && chain.length < longest; ) {
    // Those that came with it may be here themselves by now.
    const brought = current.parent === null ? current.issuers : []
    chain.push(current.der, ...brought.map((text) => new Uint8Array(Buffer.from(text, 'base64'))))
    current = current.parent === null ? null : await database.authorities.get(current.parent)
  }
  return chain
}

export const pemOf = (certificates: Uint8Array[]): string => certificates.map(certificatePem).join('')
