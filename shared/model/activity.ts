import { z } from 'zod'
import { Instant } from './ids'

export const ActivityKind = z.enum([
  'request-made',
  'certificate-imported',
  'installed',
  'trusted',
  'removed',
  'tested',
  'identity-deleted',
  'key-exported',
  'vault-created',
  'vault-unlocked',
  'vault-passphrase-set',
  'vault-reset',
  'recovered',
  'change-discarded',
  'folder-closed',
  'folder-without-permissions',
  'practice-issued',
  'issuer-created',
  'issuer-imported',
  'signer-connected',
  'issuer-passphrase-set',
  'issuer-rolled-over',
  'certificates-issued',
  'certificate-renewed',
  'certificate-revoked',
  'crl-written',
  'cloudflare-connected',
  'cloudflare-disconnected',
])
export type ActivityKind = z.infer<typeof ActivityKind>

/** One line of the append-only log. */
export const Activity = z.strictObject({
  id: z.number().int(),
  at: Instant,
  kind: ActivityKind,
  /** The certificate or host it is about, as shown then. */
  about: z.string(),
  sentence: z.string(),
})
export type Activity = z.infer<typeof Activity>

/** A line that is about to be written. */
export type NewActivity = Omit<Activity, 'id'>
