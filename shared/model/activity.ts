import { z } from 'zod'
import { AuthorityId, HostId, IdentityId, Instant } from './ids'
import { Page } from './page'

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
  'issuer-exported',
  'issuer-archived',
  'issuer-brought-back',
  'issuer-deleted',
  'certificates-issued',
  'certificate-renewed',
  'certificate-revoked',
  'crl-written',
  'cloudflare-connected',
  'cloudflare-disconnected',
  'backup-made',
  'backup-restored',
  'cloudflare-changed',
  'setup-file-made',
  'setup-file-used',
])
export type ActivityKind = z.infer<typeof ActivityKind>

/** By which the log can be filtered. */
export const ActivityArea = z.enum(['certificates', 'sites', 'issuers', 'access', 'keys'])
export type ActivityArea = z.infer<typeof ActivityArea>

export const activityAreas: Readonly<Record<ActivityKind, ActivityArea>> = {
  'request-made': 'certificates',
  'certificate-imported': 'certificates',
  installed: 'certificates',
  trusted: 'certificates',
  removed: 'certificates',
  tested: 'sites',
  'identity-deleted': 'certificates',
  'key-exported': 'certificates',
  'vault-created': 'keys',
  'vault-unlocked': 'keys',
  'vault-passphrase-set': 'keys',
  'vault-reset': 'keys',
  recovered: 'keys',
  'change-discarded': 'keys',
  'folder-closed': 'keys',
  'folder-without-permissions': 'keys',
  'practice-issued': 'certificates',
  'issuer-created': 'issuers',
  'issuer-imported': 'issuers',
  'signer-connected': 'issuers',
  'issuer-passphrase-set': 'issuers',
  'issuer-rolled-over': 'issuers',
  'issuer-exported': 'issuers',
  'issuer-archived': 'issuers',
  'issuer-brought-back': 'issuers',
  'issuer-deleted': 'issuers',
  'certificates-issued': 'issuers',
  'certificate-renewed': 'issuers',
  'certificate-revoked': 'issuers',
  'crl-written': 'issuers',
  'cloudflare-connected': 'access',
  'cloudflare-disconnected': 'access',
  'backup-made': 'keys',
  'backup-restored': 'keys',
  'cloudflare-changed': 'access',
  'setup-file-made': 'issuers',
  'setup-file-used': 'sites',
}

export const ActivityQuery = Page.extend({ area: ActivityArea.nullable().default(null) })
export type ActivityQuery = z.infer<typeof ActivityQuery>

/** What a line is about, to be opened from it. */
export const ActivityThing = z.union([
  z.strictObject({ identity: IdentityId }),
  z.strictObject({ host: HostId }),
  z.strictObject({ issuer: AuthorityId }),
])
export type ActivityThing = z.infer<typeof ActivityThing>

/** One line of the append-only log. */
export const Activity = z.strictObject({
  id: z.number().int(),
  at: Instant,
  kind: ActivityKind,
  /** The certificate or host it is about, as shown then. */
  about: z.string(),
  sentence: z.string(),
  /** Null where it is no longer here, or where an earlier version did not write it down. */
  thing: ActivityThing.nullable(),
  /** What it was about has been deleted since. */
  isGone: z.boolean(),
})
export type Activity = z.infer<typeof Activity>

/** A line that is about to be written. */
export type NewActivity = Omit<Activity, 'id' | 'thing' | 'isGone'> & { thing?: ActivityThing }
