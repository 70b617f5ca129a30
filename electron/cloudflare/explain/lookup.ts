import type { AccessAccount, AccessCa, AccessGroup, AccessPolicy, AccessPolicyId } from '#shared/model/access-account'
import type { AccessGroupId } from '#shared/model/access-rule'

/*
 * What is looked up in an account over and over. Made once for each list, which works because no list of an account is ever
 * changed in place, and which accounts that follow from each other share where they do not differ.
 */

export function onceFor<List extends object, Index>(make: (list: List) => Index): (list: List) => Index {
  const made = new WeakMap<List, Index>()
  return (list) => {
    const index = made.get(list) ?? make(list)
    made.set(list, index)
    return index
  }
}

const byId = <T extends { id: PropertyKey }>(all: T[]): ReadonlyMap<T['id'], T> =>
  new Map(all.map((one) => [one.id, one]))

const indexGroups = onceFor((groups: AccessGroup[]) => byId(groups))
const indexPolicies = onceFor((policies: AccessPolicy[]) => byId(policies))

const indexCas = onceFor((cas: AccessCa[]): ReadonlyMap<string, AccessCa[]> => {
  const found = new Map<string, AccessCa[]>()
  for (const ca of cas)
    for (const hostname of ca.hostnames) {
      const others = found.get(hostname)
      if (others === undefined) found.set(hostname, [ca])
      else others.push(ca)
    }
  return found
})

/** By their ids; null where they could not be read. */
export const groupsById = ({ groups }: AccessAccount): ReadonlyMap<AccessGroupId, AccessGroup> | null =>
  groups === null ? null : indexGroups(groups)

export const policiesById = ({ policies }: AccessAccount): ReadonlyMap<AccessPolicyId, AccessPolicy> =>
  indexPolicies(policies)

/** The CAs that are associated with a hostname, in the order of the account. */
export const casOn = ({ cas }: AccessAccount, hostname: string): AccessCa[] => indexCas(cas).get(hostname) ?? []
