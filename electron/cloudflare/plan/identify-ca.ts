import type { AccessCa, Md5 } from '#shared/model/access-account'

export type IdentifiedCa = { ca: AccessCa; isUnclear: boolean } | { ca: null; isUnclear: false }

/**
 * Whether Access has a CA. It reports the MD5 of one certificate of each, and does not say of which one. Where that is the
 * issuing certificate, or the whole upload is kept here, it is certain. Where it is one above, two CAs below one root look the
 * same: then the name has to be the same, too, and otherwise it is unclear.
 *
 * @param wanted Its certificates with the issuing one first, as `readCa` gives them.
 */
export function identifyCa(cas: readonly AccessCa[], wanted: { name: string; bundle: readonly Md5[] }): IdentifiedCa {
  const [issuing] = wanted.bundle
  const certain = cas.filter(
    ({ fingerprint, bundle }) => issuing !== undefined && (fingerprint === issuing || (bundle ?? []).includes(issuing)),
  )
  const similar = cas.filter(
    ({ fingerprint, bundle }) => bundle === null && fingerprint !== null && wanted.bundle.includes(fingerprint),
  )
  const candidates = certain.length > 0 ? certain : similar
  const named = candidates.filter(({ name }) => name === wanted.name)
  const [only, ...others] = named.length > 0 ? named : candidates
  if (only === undefined) return { ca: null, isUnclear: false }
  const isTold = certain.length > 0 || named.length > 0
  return { ca: only, isUnclear: others.length > 0 || !isTold }
}
