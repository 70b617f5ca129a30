import type { IdentityDetail } from '#shared/model/identity'
import type { Install } from '#shared/model/store'

/** Said only where it is known: without a chain on file nobody can tell whether an issuer has to be there at all. */
export function issuerBadge(
  { chainPresent }: Pick<Install, 'chainPresent'>,
  { summary, chain }: Pick<IdentityDetail, 'summary' | 'chain'>,
): { words: string; color: string } | null {
  if (summary.practice) return null
  if (chainPresent) return { words: 'Issuers present', color: 'teal' }
  return chain.length === 0 ? null : { words: 'Issuer is missing', color: 'orange' }
}
