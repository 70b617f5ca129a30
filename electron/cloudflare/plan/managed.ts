import type { AccessApplication, AccessCa, AccessCaId, AccessPolicy } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { type AccessWish, ManagedElsewhere } from '#shared/model/access-wish'
import { sameAddress } from '../explain/address-patterns'
import type { Draft } from './draft'

/** CAs of the wish that Access has or will have, by their names in the wish. */
export type CasByName = ReadonlyMap<string, AccessCaId>

/** What somebody else's tool looks after. Addresses stand there in any spelling, and an application under any of its own. */
export type Managed = AccessWish['managedElsewhere']

export const nothingManaged: Managed = ManagedElsewhere.parse({})

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

/** Whether a change would write something that somebody else's tool looks after. */
export function isManagedChange(draft: Draft, managed: Managed, change: AccessChange): boolean {
  const { cas, settings, groups, policies, applications, alerting } = draft.account()
  switch (change.kind) {
    case 'create-ca':
    case 'delete-ca':
    case 'set-ca-hostnames': {
      const ca = cas.find(({ id }) => id === change.id)
      const wanted = change.kind === 'set-ca-hostnames' ? change.hostnames : []
      const touched = [
        ...(ca?.hostnames ?? []).filter((one) => !wanted.includes(one)),
        ...wanted.filter((one) => !ca?.hostnames.includes(one)),
      ]
      return managed.cas.includes(ca?.name ?? '') || touched.some((one) => isManagedHostname(managed, one))
    }
    case 'set-settings': {
      const key = ({ hostname, forwarding, chinaNetwork }: (typeof settings)[number]) =>
        `${hostname} ${forwarding} ${chinaNetwork}`
      const [old, wanted] = [new Set(settings.map(key)), new Set(change.settings.map(key))]
      const touched = [
        ...settings.filter((one) => !wanted.has(key(one))),
        ...change.settings.filter((one) => !old.has(key(one))),
      ]
      return touched.some(({ hostname }) => isManagedHostname(managed, hostname))
    }
    case 'create-group':
    case 'update-group':
    case 'delete-group':
      return managed.groups.includes(groups?.find(({ id }) => id === change.id)?.name ?? '')
    case 'create-policy':
    case 'update-policy':
    case 'delete-policy': {
      const policy = policies.find(({ id }) => id === change.id)
      return policy !== undefined && isManagedPolicy(draft, managed, policy)
    }
    case 'create-application':
    case 'set-application-policies':
    case 'delete-application': {
      const application = applications.find(({ id }) => id === change.id)
      return application !== undefined && isManagedApplication(managed, application)
    }
    case 'create-alert':
      return managed.alerts.includes(change.name)
    case 'update-alert':
    case 'delete-alert':
      return managed.alerts.includes(alerting?.alerts.find(({ id }) => id === change.id)?.name ?? '')
    case 'test-hostname':
      return false
  }
}
