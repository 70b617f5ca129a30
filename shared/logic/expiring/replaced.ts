import type { IdentityId, Instant, Sha256 } from '#shared/model/ids'

/** What tells whether another certificate has taken the place of this one. */
export interface Dated {
  sha256: Sha256
  /** The one that it had first. */
  name: string
  issuer: string
  begins: Instant
  ends: Instant
  /** Null for one that only a store has. */
  identity: IdentityId | null
  /** What it was requested in the place of. */
  replaces: IdentityId | null
}

/** A person's own. */
export interface DatedCertificate extends Dated {
  /** What the person calls it. */
  label: string
  identity: IdentityId
}

/** Somebody else's in stores of this computer. */
export interface DatedStored extends Dated {
  /** By name. */
  stores: string[]
}

/**
 * Whether another certificate of the same name has taken the place of this one: it is valid and ends later. The same name at
 * another issuer may be another account, so there the sites decide: the later one works on some, this one on none.
 */
export function isReplaced(
  one: Dated,
  namesakes: readonly Dated[],
  worksSomewhere: (certificate: Dated) => boolean,
  now: Date,
): boolean {
  return namesakes.some(
    (other) =>
      other.sha256 !== one.sha256 &&
      other.ends > one.ends &&
      Date.parse(other.begins) <= now.getTime() &&
      ((other.replaces !== null && other.replaces === one.identity) ||
        other.issuer === one.issuer ||
        (worksSomewhere(other) && !worksSomewhere(one))),
  )
}
