import { scryptSync } from 'node:crypto'
import { join } from 'node:path'
import type { JobInput, JobName, JobOutput, Jobs } from '#electron/jobs/jobs'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createVault } from '#electron/vault/create'
import { createVaultFiles, type VaultFiles } from '#electron/vault/files'
import type { Keyring } from '#electron/vault/keyring'

/** scrypt as asked for but at a cost that tests can afford; no other job is known here. */
export const cheapJobs: Jobs = {
  async run<Name extends JobName>(name: Name, input: JobInput<Name>): Promise<JobOutput<Name>> {
    if (name !== 'derive-key' || !('passphrase' in input)) throw new Error(`Not in this test: ${name}`)
    const key = scryptSync(input.passphrase, input.salt, 32, { N: 16, r: 1, p: 1 })
    return { key } as JobOutput<Name>
  },
  async close() {},
}

export const vaultFiles = (home: string): VaultFiles => createVaultFiles(join(home, 'vault'))

export const openVault = (home: string, keyring: Keyring, jobs: Jobs = cheapJobs, files = vaultFiles(home)) =>
  createVault({ files, keyring, jobs, random: systemRandom, clock: systemClock })
