import type { Database } from '#electron/database/database'
import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { Vault } from '#electron/vault/vault'
import type { ObjectDetails } from '#shared/model/details'
import type { ImportOutcome } from '#shared/model/identity'
import type { AuthorityId, StagedId } from '#shared/model/ids'
import type { Changed } from '../changes'
import type { Operations } from '../operations'

export interface AuthorityPorts {
  database: Database
  vault: Vault
  jobs: Jobs
  operations: Operations
  clock: Clock
  random: Random
  changed: Changed
  /** Whether a key may stay unlocked for a batch: `unlocked-key.ts`. */
  staysUnlocked: boolean
  /** Everything that a certificate (DER) says. */
  describe(der: Uint8Array): ObjectDetails
  /** Files an issued certificate with its chain (PEM) as if the file had arrived. */
  importIssued(name: string, pem: string): Promise<ImportOutcome>
}

/**
 * Who signs; the passphrase is asked for each time and kept nowhere. Null where the key is at a signer elsewhere, or unlocked for
 * `batch`.
 */
export interface Signature {
  authority: AuthorityId
  passphrase: string | null
  batch?: StagedId
}
