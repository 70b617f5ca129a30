import { isAppError } from '#shared/errors'
import type { AccessAccount, AccessApplicationId, AccessPolicy } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { toAlert } from '../alerting'
import type { CloudflareApi, Scope } from '../api'
import { toApplication, toCa, toGroup, toPolicy, toSetting } from './assemble'
import { fullPolicies } from './read'

export type ObjectReader = Pick<
  CloudflareApi,
  'certificate' | 'settings' | 'application' | 'applicationPolicies' | 'policy' | 'group' | 'alert'
>

/**
 * The account with one part of it as it is at this moment: what a change replaces or deletes, read by itself. A PUT replaces
 * the whole object and there is no precondition for it (no `ETag`), so what is sent back must not be older than this. What is
 * gone is left out. Errors: those of the API.
 */
export async function lookAgain(
  api: ObjectReader,
  account: AccessAccount,
  change: AccessChange,
): Promise<AccessAccount> {
  const scope: Scope = { account: account.id }
  switch (change.kind) {
    case 'set-ca-hostnames':
    case 'delete-ca': {
      const answer = await unlessGone(api.certificate(scope, change.id))
      return { ...account, cas: replaced(account.cas, change.id, answer && toCa(answer)) }
    }
    case 'set-settings':
      return { ...account, settings: (await api.settings(scope)).map(toSetting) }
    case 'update-group':
    case 'delete-group': {
      const answer = await unlessGone(api.group(scope, change.id))
      return { ...account, groups: account.groups && replaced(account.groups, change.id, answer && toGroup(answer)) }
    }
    case 'update-policy':
    case 'delete-policy': {
      const owner = account.policies.find(({ id }) => id === change.id)?.application ?? null
      if (owner !== null) return lookAtApplication(api, account, owner)
      const answer = await unlessGone(api.policy(account.id, change.id))
      return { ...account, policies: replaced(account.policies, change.id, answer && toPolicy(answer, null)) }
    }
    case 'set-application-policies':
    case 'delete-application':
      return lookAtApplication(api, account, change.id)
    case 'update-alert':
    case 'delete-alert': {
      const { alerting } = account
      if (alerting === null) return account
      const answer = await unlessGone(api.alert(account.id, change.id))
      return {
        ...account,
        alerting: { ...alerting, alerts: replaced(alerting.alerts, change.id, answer && toAlert(answer)) },
      }
    }
    case 'create-ca':
    case 'create-group':
    case 'create-policy':
    case 'create-application':
    case 'create-alert':
    case 'test-hostname':
      return account
  }
}

/** With the policies that are its own: their place is in the application's record. */
async function lookAtApplication(
  api: ObjectReader,
  account: AccessAccount,
  id: AccessApplicationId,
): Promise<AccessAccount> {
  const scope: Scope = { account: account.id }
  const answer = await unlessGone(api.application(scope, id))
  const others = account.policies.filter(({ application }) => application !== id)
  const known = new Set<string>(others.map((policy) => policy.id))
  const own = answer === null ? [] : await fullPolicies(api, scope, answer, known)
  const policies: AccessPolicy[] = own
    .filter((policy) => !known.has(policy.id))
    .map((policy) => toPolicy(policy, policy.reusable === true ? null : id))
  return {
    ...account,
    applications: replaced(account.applications, id, answer && toApplication(answer)),
    policies: [...others, ...policies],
  }
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (isAppError(error, 'cloudflare-not-found')) return null
    throw error
  }
}

const replaced = <T extends { id: string }>(all: T[], id: string, one: T | null): T[] =>
  all.flatMap((old) => (old.id === id ? (one ?? []) : [old]))
