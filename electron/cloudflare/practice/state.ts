import { z } from 'zod'
import { decodePem } from '#electron/pki/containers/pem'
import {
  AccessAlertId,
  AccessApplicationId,
  AccessCaId,
  AccessPolicyId,
  practiceAccountId,
} from '#shared/model/access-account'
import { AccessGroupId, JsonObject } from '#shared/model/access-rule'
import { Instant } from '#shared/model/ids'
import type { VerifiedToken } from '../connect'

const StoredCa = z.strictObject({
  id: AccessCaId,
  name: z.string(),
  /** The issuing certificate first, as it was uploaded. */
  pem: z.string(),
  expiresOn: Instant,
  hostnames: z.array(z.string()),
})
export type StoredCa = z.infer<typeof StoredCa>

const StoredPolicy = z.strictObject({
  id: AccessPolicyId,
  /** Null for a reusable one. */
  application: AccessApplicationId.nullable(),
  fields: JsonObject,
})
export type StoredPolicy = z.infer<typeof StoredPolicy>

const StoredApplication = z.strictObject({
  id: AccessApplicationId,
  aud: z.string(),
  fields: JsonObject,
  links: z.array(z.strictObject({ id: AccessPolicyId, precedence: z.number().int() })),
})
export type StoredApplication = z.infer<typeof StoredApplication>

/** Only the kind that is about CAs of Access. */
const StoredAlert = z.strictObject({ id: AccessAlertId, fields: JsonObject })

const StoredGroup = z.strictObject({ id: AccessGroupId, fields: JsonObject })

/** What the practice account of Access holds. None of it is secret, and none of it concerns anything but the practice site. */
export const PracticeState = z.strictObject({
  version: z.literal(1),
  cas: z.array(StoredCa),
  settings: z.array(JsonObject),
  groups: z.array(StoredGroup),
  policies: z.array(StoredPolicy),
  applications: z.array(StoredApplication),
  /** Files of earlier versions lack it. */
  alerts: z.array(StoredAlert).default([]),
})
export type PracticeState = z.infer<typeof PracticeState>

export const emptyState: PracticeState = {
  version: 1,
  cas: [],
  settings: [],
  groups: [],
  policies: [],
  applications: [],
  alerts: [],
}

/** DER. Cloudflare never gives them back; here they are known. */
export const uploadedCertificates = ({ cas }: Pick<PracticeState, 'cas'>): Uint8Array[] =>
  cas.flatMap(({ pem }) => decodePem(pem).map(({ der }) => der))

/** The zone of the practice site. `.localhost` never leaves the computer (RFC 6761 §6.3). */
export const practiceZone = 'latchkey.localhost'

/** In place of what Cloudflare says of a token. */
export const practiceToken: VerifiedToken = {
  kind: 'account',
  expiresOn: null,
  account: { id: practiceAccountId, name: 'Practice account' },
}

/** What a change of the practice account needs from outside. */
export interface Surroundings {
  now: Date
  /** An id that nothing has yet. */
  newId(): string
}

/** What came of a change. */
export interface Performed {
  state: PracticeState
  /** Of what was created or changed. */
  value: string | null
}
