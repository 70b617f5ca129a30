import { ids } from '#electron/pki/oids'
import { orderChain } from '#electron/pki/x509/chain'
import { isAuthority } from '#electron/pki/x509/issued-by'
import { certificateMd5, readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import type { Visitor } from '#shared/model/access-explanation'
import { toInstant } from '#shared/model/ids'

/**
 * Somebody who sends the first of `certificates` (DER) that is no CA's; null for nobody in particular, without one. `pool`
 * may complete its chain. Errors: `nothing-usable` without a certificate, `malformed`.
 */
export function visitorWith(certificates: Uint8Array[] | null, pool: Uint8Array[], at: Date): Visitor {
  if (certificates === null) return { certificate: null, serviceToken: null }
  const leaf = certificates.find((der) => !isAuthority(der)) ?? certificates[0]
  if (leaf === undefined) throw new AppError('nothing-usable', 'There is no certificate.')
  const { commonName, issuerCommonName, issuer, notBefore, notAfter } = viewCertificate(leaf)
  const uses = readCertificate(leaf).extensions.extendedKeyUsage
  const { chain, complete } = orderChain(leaf, [...certificates.filter((der) => der !== leaf), ...pool], at)
  const [from, until] = [toInstant(new Date(notBefore)), toInstant(new Date(notAfter))]
  if (from === null || until === null) throw new AppError('malformed', 'A date of the certificate cannot be read.')
  const certificate = {
    commonName,
    issuerName: issuerCommonName ?? issuer,
    notBefore: from,
    notAfter: until,
    issuers: chain.map(certificateMd5),
    reachesRoot: complete,
    isForClients: uses === null || uses.includes(ids.clientAuthentication),
  }
  return { certificate, serviceToken: null }
}
