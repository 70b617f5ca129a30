import { AppError } from '#shared/errors'
import type { IssuedCertificate, RevocationReason } from '#shared/model/authority'
import type { Sha256 } from '#shared/model/ids'
import type { AuthorityPorts } from './ports'
import { horizonOf, issuedCertificate } from './summary'

/** Recorded at once; the issuer's CRL is due from then on. Revoking twice changes nothing. */
export function createRevoking({ database, clock, changed }: AuthorityPorts) {
  return async (certificate: Sha256, reason: RevocationReason): Promise<IssuedCertificate> => {
    const now = clock.now()
    const isNew = await database.issued.revoke(certificate, now.toISOString(), reason)
    const row = await database.issued.get(certificate)
    if (row === null) throw new AppError('not-found', 'This certificate is not in the list.')
    if (isNew) {
      await database.activity.append(
        now,
        'certificate-revoked',
        row.commonName,
        `Reason: ${(row.reason ?? reason).replace(/-/gu, ' ')}.`,
      )
      changed('authorities', 'activity')
    }
    return issuedCertificate(row, horizonOf(now))
  }
}
