import type { AccessAccount, AccessApplication, PathOverride } from '#shared/model/access-account'
import { type AddressPattern, readPattern } from './address-patterns'
import { onceFor } from './lookup'

/** An address that an application covers. */
export interface Destination {
  application: AccessApplication
  /** As it is written there. */
  uri: string
  pattern: AddressPattern
  overrides: PathOverride[]
}

/** Kinds of application that stand in front of no hostname, whatever is written as their domain. */
const guardsNoHostname = new Set(['saas', 'app_launcher', 'warp', 'bookmark', 'dash_sso', 'infrastructure', 'biso'])

/** Whether applications of this kind stand in front of hostnames at all. */
export const guardsHostnames = ({ type }: AccessApplication): boolean => !guardsNoHostname.has(type)

type Placed = Destination & { place: number }

interface Index {
  byHostname: ReadonlyMap<string, Placed[]>
  withWildcard: Placed[]
}

/** Most addresses have no asterisk in their hostname: a question about one of a thousand hostnames meets a few of them. */
const index = onceFor((applications: AccessApplication[]): Index => {
  const byHostname = new Map<string, Placed[]>()
  const withWildcard: Placed[] = []
  let place = 0
  for (const application of applications.filter(guardsHostnames))
    for (const one of application.destinations) {
      if (one.kind !== 'public') continue
      place += 1
      const pattern = readPattern(one.uri)
      const destination = { application, uri: one.uri, pattern, overrides: one.overrides, place }
      const hostname = pattern.labels.join('.')
      const others = byHostname.get(hostname)
      if (hostname.includes('*')) withWildcard.push(destination)
      else if (others === undefined) byHostname.set(hostname, [destination])
      else others.push(destination)
    }
  return { byHostname, withWildcard }
})

/** Those of exactly this hostname. */
export const destinationsOf = ({ applications }: AccessAccount, hostname: string): Destination[] =>
  index(applications).byHostname.get(hostname) ?? []

/** Those that may cover an address of this hostname, in the order of the account: its own, and all with a wildcard. */
export function destinationsNear({ applications }: AccessAccount, hostname: string): Destination[] {
  const { byHostname, withWildcard } = index(applications)
  const own = byHostname.get(hostname) ?? []
  return withWildcard.length === 0 ? own : [...own, ...withWildcard].sort((one, other) => one.place - other.place)
}
