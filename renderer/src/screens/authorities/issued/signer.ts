import type { AuthoritySummary } from '#shared/model/authority'

/** After a roll-over the newest successor signs: that is how an old issuer's certificates come to an end. */
export function signerOf(issuer: AuthoritySummary, all: AuthoritySummary[]): AuthoritySummary {
  const seen = new Set<string>()
  let signer = issuer
  while (signer.successor !== null && !seen.has(signer.id)) {
    seen.add(signer.id)
    const { successor } = signer
    signer = all.find(({ id }) => id === successor) ?? signer
  }
  return signer
}
