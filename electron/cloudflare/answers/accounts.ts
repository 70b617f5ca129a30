import { z } from 'zod'
import { AccountId, ZoneId } from '#shared/model/access-account'
import { kept, list } from './kept'

/** GET `…/tokens/verify`. It never says what a token may do. */
export const TokenAnswer = z.object({
  id: z.string(),
  status: z.enum(['active', 'disabled', 'expired']),
  expires_on: z.string().nullish(),
})
export type TokenAnswer = z.infer<typeof TokenAnswer>

export const AccountAnswer = kept({ id: AccountId, name: z.string() })
export type AccountAnswer = z.infer<typeof AccountAnswer>

export const ZoneAnswer = kept({
  id: ZoneId,
  name: z.string(),
  account: z.object({ id: z.string(), name: z.string() }).nullish(),
})
export type ZoneAnswer = z.infer<typeof ZoneAnswer>

/** GET `…/access/organizations`: one object. */
export const OrganizationAnswer = kept({
  name: z.string(),
  auth_domain: z.string(),
  deny_unmatched_requests: z.boolean().nullish(),
  deny_unmatched_requests_exempted_zone_names: list(z.string()),
})
export type OrganizationAnswer = z.infer<typeof OrganizationAnswer>

/** Identity providers and service tokens: only their names are used. */
export const NamedAnswer = kept({ id: z.string(), name: z.string() })
export type NamedAnswer = z.infer<typeof NamedAnswer>
