import { z } from 'zod'
import { accessLimits } from '../logic/access/limits'
import { AccessAlertId, AccessApplicationId, AccessCaId, AccessPolicyId } from './access-account'
import { AccessRollOverStage } from './access-roll-over'
import { AccessHostname, WishedDestinations, WishedName } from './access-wish'
import { FileSource } from './file'
import { AuthorityId } from './ids'

/** A name as it stands in certificates and rules. */
const CommonName = z.string().min(1).max(accessLimits.name)

/** Where a CA comes from: an issuer of ours, a file, or what Access has already. */
const CaChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issuer'), issuer: AuthorityId }),
  z.strictObject({ kind: z.literal('file'), name: WishedName, source: FileSource }),
  z.strictObject({ kind: z.literal('uploaded'), ca: AccessCaId }),
])

/** Who may get in with a certificate: anybody with a valid one, or those with these names. */
export const WhoMayIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('any-certificate') }),
  z.strictObject({ kind: z.literal('names'), names: z.array(CommonName).min(1).max(accessLimits.admittedNames) }),
])
export type WhoMayIn = z.infer<typeof WhoMayIn>

const hostnames = z.array(AccessHostname).max(accessLimits.hostnames)

/** What a person wants of Access, as a screen asks for it. A plan file says the same and more. */
export const AccessIntent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add-ca'), ca: CaChoice, hostnames }),
  /** One stage of putting a CA in the place of another. */
  z.strictObject({ kind: z.literal('roll-over'), old: AccessCaId, ca: CaChoice, stage: AccessRollOverStage }),
  z.strictObject({ kind: z.literal('set-hostnames'), ca: AccessCaId, add: hostnames, remove: hostnames }),
  /** Attaches a policy that is there already. */
  z.strictObject({
    kind: z.literal('attach-policy'),
    application: AccessApplicationId,
    policy: AccessPolicyId,
  }),
  /** Attaches a new policy. `login`: the domain of the e-mail address with which one has to log in as well; null for none. */
  z
    .strictObject({
      kind: z.literal('require-certificate'),
      application: AccessApplicationId,
      name: WishedName,
      who: WhoMayIn,
      login: z
        .string()
        .regex(/^[a-z0-9.-]{1,253}$/u)
        .nullable(),
    })
    // Access would want all of several names in one certificate.
    .refine(({ who, login }) => login === null || who.kind === 'any-certificate' || who.names.length === 1),
  z.strictObject({ kind: z.literal('add-name'), policy: AccessPolicyId, name: CommonName }),
  z.strictObject({ kind: z.literal('set-forwarding'), hostname: AccessHostname, isOn: z.boolean() }),
  z.strictObject({ kind: z.literal('block'), names: z.array(CommonName).min(1).max(accessLimits.blockedNames) }),
  /** A new expiry alert, or further destinations for the one that has this name. */
  z.strictObject({ kind: z.literal('add-alert'), name: WishedName, destinations: WishedDestinations }),
  /** All of its destinations. */
  z.strictObject({
    kind: z.literal('set-alert'),
    alert: AccessAlertId,
    isEnabled: z.boolean(),
    destinations: WishedDestinations,
  }),
  z.strictObject({ kind: z.literal('remove-alert'), alert: AccessAlertId }),
  z.strictObject({ kind: z.literal('file'), source: FileSource }),
  /** From nothing to a hostname that only certificates open. */
  z.strictObject({
    kind: z.literal('protect'),
    hostname: AccessHostname,
    /** Empty for the whole hostname. */
    path: z
      .string()
      .regex(/^(\/[^\s?#]*)?$/u)
      .max(accessLimits.path),
    /** Of the application, where there is none yet. */
    name: WishedName,
    ca: CaChoice,
    who: WhoMayIn,
  }),
])
export type AccessIntent = z.infer<typeof AccessIntent>
