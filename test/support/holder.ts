import type { Database } from '#electron/database/database'
import { inlineJobs } from '#electron/jobs/inline'
import { systemClock } from '#electron/platform/clock'
import { silentLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createDeleter } from '#electron/services/identities/delete'
import { createIdentities } from '#electron/services/identities/index'
import { createInstalls } from '#electron/services/installs/index'
import { createOperations } from '#electron/services/operations'
import type { CertificateStore } from '#electron/stores/store'
import type { Vault } from '#electron/vault/vault'
import { journalOf } from './journal'
import { noPolicy } from './policy'

/** A holder's services on a database, a vault and a store, as a new process has them. */
export function openHolder(database: Database, vault: Vault, store: CertificateStore, policy = noPolicy) {
  const shared = { database, vault, jobs: inlineJobs(), clock: systemClock, random: systemRandom, changed() {} }
  const journal = journalOf(database, vault)
  const operations = createOperations({ ...shared, journal, log: silentLog })
  const ports = { ...shared, operations, policy }
  const identities = createIdentities(ports)
  const installs = createInstalls({ ...ports, stores: [store] })
  const deleting = createDeleter({ ...ports, removeInstalls: installs.removeAll })
  return { identities, installs, delete: deleting.delete, operations, recover: operations.recover }
}
