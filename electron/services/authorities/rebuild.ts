import { decodePem } from '#electron/pki/containers/pem'
import { publicKeyOf } from '#electron/pki/keys'
import { isAuthority, isSelfSigned } from '#electron/pki/x509/issued-by'
import { certificateKey, certificateSha256, readCertificate } from '#electron/pki/x509/read'
import { AppError, isAppError } from '#shared/errors'
import type { AuthoritySummary } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import type { createAuthorityImporter } from './import'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'

type AuthorityImporter = ReturnType<typeof createAuthorityImporter>

/**
 * An issuer whose record is gone, from its sealed key and the certificate beside it. It keeps its id, so that an older
 * database that is put back later still finds the key. What it signed and revoked is not known any more, so it counts as one
 * that was made elsewhere.
 */
export function createAuthorityRebuilder(
  { database, vault }: AuthorityPorts,
  keys: AuthorityKeys,
  importing: AuthorityImporter,
) {
  /** Errors: `already-present`, `not-found` without a usable certificate, `passphrase-wrong`, those of the vault. */
  return async (id: AuthorityId, passphrase: string): Promise<AuthoritySummary> => {
    const known = await database.authorities.list()
    if (known.some((row) => row.id === id)) throw new AppError('already-present')
    const certificate = authorityIn(await vault.certificate(id))
    if (certificate === null)
      throw new AppError(
        'not-found',
        'There is no readable certificate for this key: restore latchkey.db from a backup.',
      )
    const key = await keys.openSealed(id, passphrase)
    try {
      if (Buffer.compare(publicKeyOf(key), certificateKey(certificate)) !== 0)
        throw new AppError('no-matching-key', 'The certificate kept with this key belongs to another key.')
      const brought = { certificate, pkcs8: key, pool: [], crls: [] }
      // It came back by another way, without its key: the record that is there gets it.
      if (known.some((row) => row.sha256 === certificateSha256(certificate)))
        return await importing.take(brought, passphrase)
      return await importing.addSealed(id, brought, 'It was rebuilt from its sealed key.')
    } finally {
      key.fill(0)
    }
  }
}

/** DER of an issuer's certificate that was kept (PEM). Null for everything else: the file is not sealed. */
export function authorityIn(pem: string | null): Uint8Array | null {
  try {
    const [block] = pem === null ? [] : decodePem(pem)
    if (block === undefined || !isAuthority(block.der)) return null
    const certificate = readCertificate(block.der)
    // It may have been replaced, but no one can sign for it without the key.
    const isForged = certificate.isSelfIssued && !isSelfSigned(certificate)
    return isForged ? null : block.der
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
