import type { AccessAccount, AccessApplication, AccessPolicy } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { AccessGroupId } from '#shared/model/access-rule'

/** The account as it is after a change, for what is planned on top of it. Nothing is read or written. */
export function simulate(account: AccessAccount, change: AccessChange): AccessAccount {
  switch (change.kind) {
    case 'create-ca': {
      const { id, name, bundle, expiresOn } = change
      const created = { id, name, fingerprint: bundle[0] ?? null, bundle, expiresOn, hostnames: [] }
      return { ...account, cas: [...account.cas, created] }
    }
    case 'delete-ca':
      return { ...account, cas: without(account.cas, change.id) }
    case 'set-ca-hostnames':
      return { ...account, cas: changed(account.cas, change.id, (ca) => ({ ...ca, hostnames: change.hostnames })) }
    case 'set-settings':
      return { ...account, settings: change.settings }
    case 'create-group':
    case 'update-group':
    case 'delete-group':
      return { ...account, groups: simulateGroup(account.groups ?? [], change) }
    case 'create-policy':
    case 'update-policy':
    case 'delete-policy':
      return simulatePolicy(account, change)
    case 'create-application':
    case 'set-application-policies':
    case 'delete-application':
      return { ...account, applications: simulateApplication(account.applications, change) }
    case 'create-alert':
    case 'update-alert':
    case 'delete-alert':
      return { ...account, alerting: simulateAlert(account.alerting, change) }
    case 'test-hostname':
      return account
  }
}

type ChangeOf<Kind extends AccessChange['kind']> = Extract<AccessChange, { kind: Kind }>

function simulateGroup(
  groups: NonNullable<AccessAccount['groups']>,
  change: ChangeOf<'create-group' | 'update-group' | 'delete-group'>,
): AccessAccount['groups'] {
  switch (change.kind) {
    case 'create-group':
      return [...groups, { id: change.id, name: change.name, rules: change.rules, fetched: {} }]
    case 'update-group':
      return changed(groups, change.id, (group) => ({ ...group, rules: change.rules }))
    case 'delete-group':
      return without(groups, change.id)
  }
}

function simulateAlert(
  alerting: AccessAccount['alerting'],
  change: ChangeOf<'create-alert' | 'update-alert' | 'delete-alert'>,
): AccessAccount['alerting'] {
  if (alerting === null) return null
  const { alerts } = alerting
  switch (change.kind) {
    case 'create-alert': {
      const { id, name, isEnabled, destinations } = change
      return { ...alerting, alerts: [...alerts, { id, name, isEnabled, destinations, fetched: {} }] }
    }
    case 'update-alert': {
      const { isEnabled, destinations } = change
      return { ...alerting, alerts: changed(alerts, change.id, (alert) => ({ ...alert, isEnabled, destinations })) }
    }
    case 'delete-alert':
      return { ...alerting, alerts: without(alerts, change.id) }
  }
}

function simulatePolicy(
  account: AccessAccount,
  change: ChangeOf<'create-policy' | 'update-policy' | 'delete-policy'>,
): AccessAccount {
  const policies = simulatePolicies(account.policies, change)
  // A policy of one application comes and goes with its place there.
  const place = change.kind === 'create-policy' ? change.application : null
  const owner = place?.id ?? account.policies.find(({ id }) => id === change.id)?.application ?? null
  if (owner === null || change.kind === 'update-policy') return { ...account, policies }
  const applications = changed(account.applications, owner, (application) => {
    const others = application.policies.filter(({ policy }) => policy !== change.id)
    return linked(
      application,
      place === null ? others : [...others, { policy: change.id, precedence: place.precedence }],
    )
  })
  return { ...account, policies, applications }
}

function simulatePolicies(
  policies: AccessPolicy[],
  change: ChangeOf<'create-policy' | 'update-policy' | 'delete-policy'>,
): AccessPolicy[] {
  switch (change.kind) {
    case 'create-policy': {
      const { id, name, decision, rules, application } = change
      return [...policies, { id, name, application: application?.id ?? null, decision, rules, fetched: {} }]
    }
    case 'update-policy':
      return changed(policies, change.id, (policy) => ({ ...policy, decision: change.decision, rules: change.rules }))
    case 'delete-policy':
      return without(policies, change.id)
  }
}

function simulateApplication(
  applications: AccessApplication[],
  change: ChangeOf<'create-application' | 'set-application-policies' | 'delete-application'>,
): AccessApplication[] {
  switch (change.kind) {
    case 'create-application': {
      const { id, name, domain, policies } = change
      const destinations = [{ kind: 'public' as const, uri: domain, overrides: [] }]
      const created = { id, name, type: 'self_hosted', aud: null, domain, destinations, policies: [], fetched: {} }
      return [...applications, linked(created, policies)]
    }
    case 'set-application-policies':
      return changed(applications, change.id, (application) => linked(application, change.policies))
    case 'delete-application':
      return without(applications, change.id)
  }
}

const linked = (application: AccessApplication, policies: AccessApplication['policies']): AccessApplication => ({
  ...application,
  policies: [...policies].sort((one, other) => one.precedence - other.precedence),
})

type Named = { id: string | AccessGroupId }

const without = <T extends Named>(all: T[], id: T['id']): T[] => all.filter((one) => one.id !== id)

const changed = <T extends Named>(all: T[], id: T['id'], change: (one: T) => T): T[] =>
  all.map((one) => (one.id === id ? change(one) : one))
