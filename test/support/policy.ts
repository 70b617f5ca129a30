import type { FoundPolicy } from '#electron/platform/policy/policy'
import { createPolicy, type PolicyService } from '#electron/services/policy'
import { Policy } from '#shared/model/policy'

/** Where no administrator has laid down anything. */
export const noPolicy: PolicyService = createPolicy({ kind: 'none' })

/** As it is read from `/etc/latchkey/policy.json`. */
export const foundPolicy = (fields: Record<string, unknown>): FoundPolicy => ({
  kind: 'set',
  from: '/etc/latchkey/policy.json',
  policy: Policy.parse({ version: 1, ...fields }),
})

export const policyWith = (fields: Record<string, unknown>): PolicyService => createPolicy(foundPolicy(fields))

export const unusablePolicy: PolicyService = createPolicy({
  kind: 'unusable',
  from: '/etc/latchkey/policy.json',
  why: 'It is not JSON.',
})
