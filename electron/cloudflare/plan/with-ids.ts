import {
  AccessAlertId,
  AccessApplicationId,
  AccessCaId,
  AccessPolicyId,
  type PolicyLink,
} from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { AccessGroupId, type AccessRule, type AccessRules } from '#shared/model/access-rule'

/** The ids that Access gave to what a plan created, by the ids that the plan gave them. */
export type CreatedIds = ReadonlyMap<string, string>

/** The change with Access' own ids. What it creates itself keeps the plan's id. */
export function withIds(change: AccessChange, created: CreatedIds): AccessChange {
  const ca = (id: AccessCaId) => AccessCaId.parse(created.get(id) ?? id)
  const policy = (id: AccessPolicyId) => AccessPolicyId.parse(created.get(id) ?? id)
  const application = (id: AccessApplicationId) => AccessApplicationId.parse(created.get(id) ?? id)
  const group = (id: AccessGroupId) => AccessGroupId.parse(created.get(id) ?? id)
  const links = (all: PolicyLink[]) => all.map((link) => ({ ...link, policy: policy(link.policy) }))
  const rule = (one: AccessRule): AccessRule => (one.kind === 'group' ? { ...one, group: group(one.group) } : one)
  const rules = ({ include, require, exclude }: AccessRules): AccessRules => ({
    include: include.map(rule),
    require: require.map(rule),
    exclude: exclude.map(rule),
  })
  switch (change.kind) {
    case 'create-ca':
    case 'set-settings':
    case 'create-alert':
      return change
    case 'delete-ca':
    case 'set-ca-hostnames':
      return { ...change, id: ca(change.id) }
    case 'create-group':
      return { ...change, rules: rules(change.rules) }
    case 'update-group':
      return { ...change, id: group(change.id), rules: rules(change.rules) }
    case 'delete-group':
      return { ...change, id: group(change.id) }
    case 'create-policy': {
      const place = change.application && { ...change.application, id: application(change.application.id) }
      return { ...change, application: place, rules: rules(change.rules) }
    }
    case 'update-policy':
      return { ...change, id: policy(change.id), rules: rules(change.rules) }
    case 'delete-policy':
      return { ...change, id: policy(change.id) }
    case 'create-application':
      return { ...change, policies: links(change.policies) }
    case 'set-application-policies':
      return { ...change, id: application(change.id), policies: links(change.policies) }
    case 'delete-application':
      return { ...change, id: application(change.id) }
    case 'update-alert':
    case 'delete-alert':
      return { ...change, id: AccessAlertId.parse(created.get(change.id) ?? change.id) }
    case 'test-hostname':
      return { ...change, cas: change.cas.map(ca) }
  }
}
