import { z } from 'zod'
import { CertificateView } from './certificate'
import { HostId } from './ids'
import { LabScenario } from './lab-scenario'

/** The two rules of the walkthrough that need no login. */
export const LabRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('valid-certificate') }),
  z.strictObject({ kind: z.literal('common-name'), commonNames: z.array(z.string().max(64)).max(50) }),
])
export type LabRule = z.infer<typeof LabRule>

/** `allow` sends a verified certificate on to a login; `bypass` lets everyone in. */
export const LabAction = z.enum(['service-auth', 'allow', 'bypass'])
export type LabAction = z.infer<typeof LabAction>

export const LabPolicy = z.strictObject({ action: LabAction, rule: LabRule })
export type LabPolicy = z.infer<typeof LabPolicy>

export const LabState = z.strictObject({
  running: z.boolean(),
  address: z.string().nullable(),
  host: HostId.nullable(),
  policy: LabPolicy,
  /** The practice account of Access has a CA or an application for the site, and decides in place of the policy. */
  decidedByAccount: z.boolean(),
  /** What is broken on purpose; null where nothing is. */
  scenario: LabScenario.nullable(),
  /** Intermediate first, then root. */
  chain: z.array(CertificateView),
})
export type LabState = z.infer<typeof LabState>
