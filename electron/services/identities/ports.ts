import type { Database } from '#electron/database/database'
import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { Vault } from '#electron/vault/vault'
import type { Changed } from '../changes'
import type { Operations } from '../operations'
import type { PolicyService } from '../policy'

export interface IdentityPorts {
  database: Database
  vault: Vault
  jobs: Jobs
  operations: Operations
  clock: Clock
  random: Random
  changed: Changed
  policy: Pick<PolicyService, 'require'>
}
