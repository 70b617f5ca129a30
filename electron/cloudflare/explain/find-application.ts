import type { AccessAccount, AccessApplication, PathOverride } from '#shared/model/access-account'
import { type AddressPattern, covers, isMoreSpecific, patternOf, readPattern } from './address-patterns'
import { type Destination, destinationsNear } from './destinations'

/** A hostname and a path, as a request carries them: lower case, and without a query. */
export interface Address {
  hostname: string
  path: string
}

export interface Covering {
  application: AccessApplication
  /** The destination that covers the address, as it is written. */
  uri: string
  /** A part of that destination which is treated differently. */
  override: PathOverride | null
}

export interface ApplicationChoice {
  /** Usually one. Several if none is part of another, since the documentation does not say which one applies. */
  candidates: Covering[]
  /** These cover the address too, but do not decide. */
  beaten: Covering[]
}

/** Which application a request meets: of those that cover the address the most specific one, and nothing of the others. */
export function findApplication(account: AccessAccount, address: Address): ApplicationChoice {
  const matches = destinationsNear(account, address.hostname.toLowerCase()).flatMap(
    (one) => matchOf(one, address) ?? [],
  )
  const destinations = matches.filter((one) => !matches.some((other) => isMoreSpecific(other.pattern, one.pattern)))
  const overrides = matches.filter((one) => destinations.some((other) => hasOverrideWithin(one, other)))
  const candidates = withoutRepeats([...destinations, ...overrides].map(({ covering }) => covering))
  const chosen = new Set(candidates.map(({ application }) => application))
  const beaten = matches.map(({ covering }) => covering).filter(({ application }) => !chosen.has(application))
  return { candidates, beaten }
}

interface Match {
  covering: Covering
  pattern: AddressPattern
}

/** Null where it does not cover the address. */
function matchOf({ application, uri, pattern, overrides }: Destination, address: Address): Match | null {
  if (!covers(pattern, address)) return null
  const override = overrides.find(({ path }) => covers(overridePattern(pattern, path), address))
  return { covering: { application, uri, override: override ?? null }, pattern }
}

/** The path of an override is written from the root of the hostname. */
const overridePattern = ({ labels }: AddressPattern, path: string): AddressPattern =>
  patternOf(labels, readPattern(path.startsWith('/') ? path : `/${path}`).path)

/**
 * Whether one application has an override that is more specific than the destination of another. Which of the two counts is
 * not documented, so both stay candidates.
 */
function hasOverrideWithin({ covering, pattern }: Match, other: Match): boolean {
  if (covering.override === null || covering.application === other.covering.application) return false
  return isMoreSpecific(overridePattern(pattern, covering.override.path), other.pattern)
}

/** Several destinations of one application with the same effect. */
const withoutRepeats = (all: Covering[]): Covering[] =>
  all.filter(
    (one, index) =>
      all.findIndex(
        ({ application, override }) => application === one.application && override?.behavior === one.override?.behavior,
      ) === index,
  )
