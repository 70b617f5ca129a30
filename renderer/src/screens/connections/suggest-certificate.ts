import type { Host } from '#shared/model/host'
import type { IdentityStatus, IdentitySummary } from '#shared/model/identity'

const promising: IdentityStatus[] = ['working', 'expiring', 'installed', 'issued', 'refused']

/**
 * The certificate to begin with: the one the person came from, else the one last used here, else the most promising.
 * Practice certificates are for the practice site, and the others are not.
 */
export function suggestCertificate(
  host: Pick<Host, 'identity' | 'practice'>,
  certificates: Pick<IdentitySummary, 'id' | 'status' | 'practice'>[],
  wanted: string | null,
): string | null {
  const known = (id: string | null) => certificates.find((certificate) => certificate.id === id)
  const named = known(wanted) ?? known(host.identity)
  if (named !== undefined) return named.id
  const fitting = certificates.filter(({ practice }) => practice === host.practice)
  const best = promising.flatMap((status) => fitting.filter((certificate) => certificate.status === status))[0]
  return best?.id ?? null
}
