import { z } from 'zod'
import { AccountId } from './access-account'
import { Instant } from './ids'

const Part = z.enum(['CA', 'hostname', 'application', 'policy', 'group', 'organisation', 'zone', 'expiry alert'])

/** One object of an account, as far as it takes to tell whether it has changed. */
const SeenObject = z.strictObject({
  what: Part,
  id: z.string(),
  name: z.string(),
  /** What a person reads of it: of a policy who is meant. */
  words: z.string(),
  /** Hostnames, or addresses of an application, that it is about. Earlier looks lack them. */
  addresses: z.array(z.string()).default([]),
  /** A digest of every field. Values are not kept: some hold secrets of other systems. */
  fields: z.record(z.string(), z.string()),
})
export type SeenObject = z.infer<typeof SeenObject>

/** An account at one time, to compare it with later. */
export const AccessLook = z.strictObject({
  account: AccountId,
  readAt: Instant,
  objects: z.array(SeenObject),
  /** Kinds that could not be read, so that there are none of them here. */
  unread: z.array(Part),
  /** False for the looks of earlier versions, which knew of no expiry alerts. */
  knowsAlerts: z.boolean().default(false),
})
export type AccessLook = z.infer<typeof AccessLook>

/** A difference between two looks. */
export const Drift = z.strictObject({
  what: Part,
  id: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  /** The fields that differ; empty unless it changed. */
  fields: z.array(z.string()),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Those before and now. */
  addresses: z.array(z.string()),
})
export type Drift = z.infer<typeof Drift>

/** What has changed about a hostname since the last look. */
export const RowChange = z.enum([
  'ca-changed',
  'setting-changed',
  'application-new',
  'application-changed',
  'application-gone',
  'policy-added',
  'policy-removed',
  'policy-changed',
  'group-changed',
])
export type RowChange = z.infer<typeof RowChange>
