import type { AccessApplication, AccessCa, AccessPolicy } from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'
import { sameAddress } from '../explain/address-patterns'
import type { CasByName } from './change-cas'
import type { Draft } from './draft'

/** What somebody else's tool looks after. Addresses stand there in any spelling, and an application under any of its own. */
export type Managed = AccessWish['managedElsewhere']

export const nothingManaged: Managed = { cas: [], hostnames: [], groups: [], policies: [], applications: [] }

export const isManagedHostname = ({ hostnames }: Managed, hostname: string): boolean =>
  hostnames.some((one) => sameAddress(one, hostname))

/** By the name that Access has, or the one that the file gives it. */
export const isManagedCa = ({ cas }: Managed, known: CasByName, { id, name }: AccessCa): boolean =>
  cas.some((one) => one === name || known.get(one) === id)

/** For an application that is not there yet. */
export const isManagedAddress = ({ applications }: Managed, address: string): boolean =>
  applications.some((one) => sameAddress(one, address))

export function isManagedApplication(managed: Managed, { domain, destinations }: AccessApplication): boolean {
  const uris = destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))
  return [...uris, ...(domain === null ? [] : [domain])].some((uri) => isManagedAddress(managed, uri))
}

/** By its own name, or as a part of an application. */
export function isManagedPolicy(draft: Draft, managed: Managed, { name, application }: AccessPolicy): boolean {
  const owner = draft.account().applications.find(({ id }) => id === application)
  return managed.policies.includes(name) || (owner !== undefined && isManagedApplication(managed, owner))
}
