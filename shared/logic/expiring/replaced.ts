import type { IdentityId, Instant, Sha256 } from '#shared/model/ids'

/** A certificate with what tells whether another one has taken its place. */
export interface DatedCertificate {
  identity: IdentityId
  sha256: Sha256
  /** The one that it had first. */
  name: string
  /** What the person calls it. */
  label: string
  issuer: string
  begins: Instant
  ends: Instant
  /** What it was requested in the place of. */
  replaces: IdentityId | null
}

/**
 * Whether another certificate of the same name has taken the place of this one: it is valid and ends later. The same name at
 * another issuer may be another account, so there the sites decide: the later one works on some, this one on none.
 */
export function isReplaced(
  one: DatedCertificate,
  namesakes: DatedCertificate[],
  worksSomewhere: (certificate: DatedCertificate) => boolean,
  now: Date,
): boolean {
  return namesakes.some(
    (other) =>
      other.identity !== one.identity &&
      other.ends > one.ends &&
      Date.parse(other.begins) <= now.getTime() &&
      (other.replaces === one.identity ||
        other.issuer === one.issuer ||
        (worksSomewhere(other) && !worksSomewhere(one))),
  )
}
