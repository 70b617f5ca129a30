import { AppError } from '#shared/errors'
import type { IssuedCertificate, RevocationReason } from '#shared/model/authority'
import type { Sha256 } from '#shared/model/ids'
import type { AuthorityPorts } from './ports'
import { horizonOf, issuedCertificate } from './summary'

/** Recorded at once; the issuer's CRL is due from then on. Revoking twice changes nothing. */
export function createRevoking({ database, clock, changed }: AuthorityPorts) {
  async function issued(certificate: Sha256) {
    const row = await database.issued.get(certificate)
    if (row === null) throw new AppError('not-found', 'This certificate is not in the list.')
    return row
  }

  return async (certificate: Sha256, reason: RevocationReason): Promise<IssuedCertificate> => {
    const now = clock.now()
    const about = (await issued(certificate)).commonName
    const sentence = `Reason: ${reason.replace(/-/gu, ' ')}.`
    const at = now.toISOString()
    const line = { at, kind: 'certificate-revoked', about, sentence } as const
    if (await database.issued.revoke(certificate, at, reason, line)) changed('authorities', 'activity')
    return issuedCertificate(await issued(certificate), horizonOf(now))
  }
}
