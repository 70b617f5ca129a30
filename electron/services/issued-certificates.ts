import type { Database } from '#electron/database/database'
import type { CertificateRow, IdentityRow } from '#electron/database/identity-rows'

/** Its certificate, then the issuers that came with it, nearest first; nothing where it has not been issued. */
export async function issuedCertificates(
  database: Pick<Database, 'certificates'>,
  { certificate, chain }: Pick<IdentityRow, 'certificate' | 'chain'>,
): Promise<CertificateRow[]> {
  return certificate === null ? [] : database.certificates.getMany([certificate, ...chain])
}
