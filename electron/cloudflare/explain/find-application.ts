import type { AccessAccount, AccessApplication, PathOverride } from '#shared/model/access-account'
import { type AddressPattern, covers, isMoreSpecific, readPattern } from './address-patterns'

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
  /** Usually one. Several where none is part of another, so that the documentation does not say which one counts. */
  candidates: Covering[]
  /** Cover the address too, and have no say. */
  beaten: Covering[]
}

/** Kinds of application that stand in front of no hostname, whatever is written as their domain. */
export const guardsNoHostname: ReadonlySet<string> = new Set([
  'saas',
  'app_launcher',
  'warp',
  'bookmark',
  'dash_sso',
  'infrastructure',
  'biso',
])

/** Which application a request meets: of those that cover the address the most specific one, and nothing of the others. */
export function findApplication(account: AccessAccount, address: Address): ApplicationChoice {
  const covering = account.applications.flatMap((application) => destinationsCovering(application, address))
  const destinations = covering.filter(isUnbeaten)
  const candidates = destinations.flatMap((one) => [
    one.covering,
    ...overridesWithin(one.pattern, covering, one.covering.application),
  ])
  const chosen = new Set(candidates.map(({ application }) => application))
  return {
    candidates: withoutRepeats(candidates),
    beaten: covering.map((one) => one.covering).filter(({ application }) => !chosen.has(application)),
  }
}

/** Several destinations of one application that come to the same. */
const withoutRepeats = (all: Covering[]): Covering[] =>
  all.filter(
    (one, index) =>
      all.findIndex(
        ({ application, override }) => application === one.application && override?.behavior === one.override?.behavior,
      ) === index,
  )

interface Match {
  covering: Covering
  pattern: AddressPattern
}

/** The destinations of one application that cover the address; of those within each other the most specific. */
function destinationsCovering(application: AccessApplication, address: Address): Match[] {
  if (guardsNoHostname.has(application.type)) return []
  const matches = application.destinations.flatMap((destination): Match[] => {
    if (destination.kind !== 'public') return []
    const pattern = readPattern(destination.uri)
    if (!covers(pattern, address)) return []
    const override = destination.overrides.find(({ path }) => covers(overridePattern(pattern, path), address))
    return [{ covering: { application, uri: destination.uri, override: override ?? null }, pattern }]
  })
  return matches.filter(isUnbeaten)
}

const isUnbeaten = (one: Match, _index: number, all: Match[]): boolean =>
  !all.some((other) => isMoreSpecific(other.pattern, one.pattern))

/** The path of an override is written from the root of the hostname. */
const overridePattern = ({ labels }: AddressPattern, path: string): AddressPattern => ({
  labels,
  path: readPattern(path.startsWith('/') ? path : `/${path}`).path,
})

/**
 * Overrides of other applications that are more specific than the destination which would count. Whether they do is not
 * documented, so they stay candidates beside it.
 */
function overridesWithin(pattern: AddressPattern, all: Match[], application: AccessApplication): Covering[] {
  return all
    .filter(({ covering, pattern: own }) => {
      if (covering.override === null || covering.application === application) return false
      return isMoreSpecific(overridePattern(own, covering.override.path), pattern)
    })
    .map(({ covering }) => covering)
}
