import { z } from 'zod'
import { AccessApplicationId, AccessPolicyId } from '#shared/model/access-account'
import { kept, list } from './kept'
import { ApplicationPolicyAnswer } from './policies'

/** `overrides` is on Cloudflare's screens and in its changelog, but not in its OpenAPI document. */
const Destination = z.looseObject({
  type: z.string().nullish(),
  uri: z.string().nullish(),
  overrides: list(z.looseObject({ path_pattern: z.string(), behavior: z.string() })),
})
export type DestinationAnswer = z.infer<typeof Destination>

/** A policy of an application in full, or only its place. */
const Link = z.union([
  ApplicationPolicyAnswer,
  kept({ id: AccessPolicyId, precedence: z.number().int().nullish() }),
  AccessPolicyId.transform((id) => ({ id, precedence: null, fetched: { id } })),
])
export type LinkAnswer = z.infer<typeof Link>

/** Of every type. Only `self_hosted` and a few others have an address of their own. */
export const ApplicationAnswer = kept({
  id: AccessApplicationId,
  name: z.string().nullish(),
  type: z.string(),
  aud: z.string().nullish(),
  domain: z.string().nullish(),
  destinations: list(Destination),
  self_hosted_domains: list(z.string()),
  policies: list(Link),
})
export type ApplicationAnswer = z.infer<typeof ApplicationAnswer>
